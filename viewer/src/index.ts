// What the command line needs of the viewer.
export { type ReportRequest, report } from './server/report/report-command.js';
