export default () => globalThis.tearDownLectern();
