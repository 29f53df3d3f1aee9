import type { ApiConfig } from '#libs/config';
import type { SignerView } from '#libs/contracts';
import {
  agreementKeyOf,
  type BundleFault,
  type Bytes,
  openBundle,
  type OpenBundle,
  type Receipt,
  RECEIPT_KIND,
  toBase64Url,
} from '#libs/domain';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../http/config.js';
import { keyOfPem } from '../http/key-points.js';
import { PlayTokens } from '../http/play-tokens.js';

/** The keys of the house: one opens what was sealed for it, the other signs what it acknowledges. */
@Injectable()
export class HouseSeal {
  private readonly point: Bytes;
  private readonly privateKey: Promise<CryptoKey>;

  constructor(
    @Inject(CONFIG) config: ApiConfig,
    private readonly tokens: PlayTokens,
  ) {
    const { pkcs8, point } = keyOfPem(config.bundleKey);
    this.point = point;
    this.privateKey = agreementKeyOf(pkcs8);
  }

  get publicKeys(): SignerView['house'] {
    return { bundleKey: toBase64Url(this.point), receiptKey: this.tokens.publicPoint };
  }

  async open(bundle: Bytes): Promise<OpenBundle | BundleFault> {
    return openBundle(bundle, { privateKey: await this.privateKey, point: this.point });
  }

  sign(receipt: Omit<Receipt, 'kind'>): Promise<string> {
    return this.tokens.signDocument({ kind: RECEIPT_KIND, ...receipt });
  }
}
