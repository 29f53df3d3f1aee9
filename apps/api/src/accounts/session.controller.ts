import type { ApiConfig } from '#libs/config';
import { SessionView, SignInRequest, WhoAmI } from '#libs/contracts';
import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, CallerOf } from '../http/caller.js';
import { CONFIG } from '../http/config.js';
import { SESSION_COOKIE } from '../http/credentials.js';
import { whoAmI } from './account-view.js';
import { type NewSession, SessionService } from './session.service.js';

@ApiTags('Accounts')
@Controller('session')
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Signs in by account, or by card or PIN on an enrolled device' })
  @ApiOkResponse({ standardSchema: SessionView })
  async signIn(
    @Body({ schema: SignInRequest }) request: SignInRequest,
    @CallerOf() caller: Caller,
    @Req() { ip, cookies }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    const session = await this.sessions.signIn(request, caller, ip);
    await this.sessions.end(cookies[SESSION_COOKIE]);
    return this.handOver(session, reply);
  }

  @Get()
  @ApiOperation({ summary: 'Says who is signed in' })
  @ApiOkResponse({ standardSchema: WhoAmI })
  whoAmI(@CallerOf() caller: Caller): WhoAmI {
    return whoAmI(caller);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Signs out' })
  @ApiNoContentResponse()
  async signOut(@Req() { cookies }: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.end(cookies[SESSION_COOKIE]);
    void reply.clearCookie(SESSION_COOKIE, { path: '/' });
  }

  private handOver({ view, token, lifeMs }: NewSession, reply: FastifyReply): SessionView {
    const { secureCookies: secure } = this.config;
    void reply.setCookie(SESSION_COOKIE, token, {
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure,
      maxAge: lifeMs / 1000,
    });
    return view;
  }
}
