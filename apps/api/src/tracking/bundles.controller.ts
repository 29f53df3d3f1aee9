import { BundleAnswer, RegisterSigner, SignerView } from '#libs/contracts';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { readFileBody } from './bundle-file.js';
import { BundlesService } from './bundles.service.js';

const FILE = 'application/octet-stream';

@ApiTags('Tracking')
@Controller('tracking')
export class BundlesController {
  constructor(private readonly bundles: BundlesService) {}

  @Post('signers')
  @HttpCode(200)
  @ApiOperation({ summary: 'Registers the key by which this credential signs bundle files' })
  @ApiOkResponse({ standardSchema: SignerView })
  register(
    @Body({ schema: RegisterSigner }) { publicKey }: RegisterSigner,
    @CallerOf() caller: Caller,
  ): Promise<SignerView> {
    return this.bundles.register(publicKey, caller);
  }

  @Post('bundles')
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes a file of bundles, whoever brings it; the same file again changes nothing' })
  @ApiConsumes(FILE)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ standardSchema: BundleAnswer })
  async import(@Body() file: unknown): Promise<BundleAnswer> {
    return this.bundles.import(await readFileBody(file));
  }
}
