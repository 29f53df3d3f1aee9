export interface Topology {
  /** Of nginx. */
  readonly url: string;
  readonly adminPassword: string;
  /** Path of nginx's log. */
  readonly accessLog: string;
  stopApis(): Promise<unknown>;
  stop(): Promise<void>;
}
export function startTopology(): Promise<Topology>;
