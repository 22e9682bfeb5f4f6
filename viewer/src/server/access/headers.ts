// What the browser is told about every answer: load nothing from elsewhere, run nothing that stands in the text, stay out of frames.
import helmet from 'helmet';

const own = ["'self'"];

export const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: own,
      styleSrc: own,
      fontSrc: own,
      connectSrc: own,
      // The picture that the page exports is a blob; small images inside the style sheet are data.
      imgSrc: ["'self'", 'blob:', 'data:'],
      // Regular expressions on dropped files run in a worker that the page makes of its own text.
      workerSrc: ['blob:'],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'no-referrer' },
  xFrameOptions: { action: 'deny' },
  // Plain http on this machine: there is nothing to upgrade to.
  strictTransportSecurity: false,
});
