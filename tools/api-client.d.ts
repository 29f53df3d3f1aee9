export interface ApiClient {
  readonly cookie: string;
  readonly uploadsUrl: string;
  get(path: string): Promise<unknown>;
  post(path: string, body?: unknown): Promise<unknown>;
  list(path: string): Promise<unknown[]>;
}
export function signIn(baseUrl: string, login: string, password: string): Promise<ApiClient>;
