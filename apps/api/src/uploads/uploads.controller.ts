import { UploadDigest, UploadPage, UploadQuery } from '#libs/contracts';
import { Body, Controller, Get, Headers, HttpCode, Param, ParseUUIDPipe, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerOf } from '../http/caller.js';
import { languageOf } from '../http/problem.js';
import { UploadsService } from './uploads.service.js';

/** What is asked about uploads beside tus, which {@link TusRoutes} speaks at the same address. */
@ApiTags('Uploads')
@Controller('uploads')
export class UploadsController {
  constructor(private readonly uploads: UploadsService) {}

  @Get()
  @ApiOperation({ operationId: 'listUploads', summary: 'Your own uploads, newest first' })
  @ApiOkResponse({ standardSchema: UploadPage })
  list(
    @CallerOf() caller: Caller,
    @Query({ schema: UploadQuery }) query: UploadQuery,
    @Headers('accept-language') language: string | undefined,
  ) {
    return this.uploads.list(caller, query, languageOf(language));
  }

  @Put(':id/digest')
  @HttpCode(204)
  @ApiOperation({ operationId: 'announceDigest', summary: 'Names the SHA-256 of a file, to be verified at its end' })
  @ApiNoContentResponse()
  announceDigest(
    @CallerOf() caller: Caller,
    @Param('id', ParseUUIDPipe) id: string,
    @Body({ schema: UploadDigest }) digest: UploadDigest,
  ) {
    return this.uploads.announceDigest(caller, id, digest);
  }
}
