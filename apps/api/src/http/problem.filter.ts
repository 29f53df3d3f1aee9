import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ComeBackLater, languageOf, problemOf, TooManyAttempts } from './problem.js';

/** Where nothing better is known. */
const RETRY_AFTER_S = 60;

/** Every error leaves the house as a problem document; what is our own fault goes to the log with the request's id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), this.logger);
  }
}

/** Those who are sent away until later are many, and nothing has gone wrong. */
const isOurFault = (error: unknown, status: number): boolean => status >= 500 && !(error instanceof ComeBackLater);

/** Answers with the problem document of an error; used by routes that sit on Fastify itself, too. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, logger: Logger): void {
  const language = languageOf(request.headers['accept-language']);
  const problem = problemOf(error, language, request.id);
  if (isOurFault(error, problem.status))
    logger.error(`${request.method} ${request.routeOptions.url ?? '?'} ${request.id}`, error);
  if (reply.sent) return;
  if (problem.status === 401) void reply.header('www-authenticate', 'Session');
  if (problem.status === 429 || problem.status === 503) void reply.header('retry-after', retryAfterS(error));
  void reply
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('content-language', language === 'zh' ? 'zh-CN' : 'en')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problem));
}

const retryAfterS = (error: unknown) =>
  error instanceof TooManyAttempts || error instanceof ComeBackLater ? error.retryAfterS : RETRY_AFTER_S;
