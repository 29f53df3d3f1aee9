/** Gathers what one turn of the event loop has to say into one message: each costs as much as what is in it. */
export class Posted<Message> {
  private gathered: Message[] = [];

  constructor(private readonly send: (messages: readonly Message[]) => void) {}

  post(message: Message): void {
    this.gathered.push(message);
    if (this.gathered.length === 1) setImmediate(() => this.flush());
  }

  private flush(): void {
    const messages = this.gathered;
    this.gathered = [];
    this.send(messages);
  }
}
