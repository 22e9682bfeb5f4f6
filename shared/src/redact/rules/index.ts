import type { RedactionRule } from '../rule.js';
import { email } from './email.js';
import { home } from './home.js';
import { ip } from './ip.js';
import { secret } from './secret.js';
import { urlLogin } from './url-login.js';

/** In the order in which they are applied: what is more particular comes first. */
export const REDACTION_RULES: readonly RedactionRule[] = [urlLogin, secret, email, ip, home];
