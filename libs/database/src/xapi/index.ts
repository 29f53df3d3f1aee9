export { statementIdOf, tellSettled } from './tell-settled.js';
