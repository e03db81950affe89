export { type AccessibilityProblem, findAccessibilityProblems } from './accessibility.ts'
export { findChromium, type LaunchChromiumOptions, launchChromium } from './chromium.ts'
export { type DecodedPng, decodePng } from './decode-png.ts'
export { createFakeClock, type FakeClock } from './fake-clock.ts'
export {
  type OnnxAttribute,
  type OnnxElementType,
  type OnnxGraph,
  type OnnxInitializer,
  type OnnxModel,
  type OnnxNode,
  type OnnxValue,
  toOnnxModel,
} from './onnx-model.ts'
export { openUntrustedServer, type UntrustedServer } from './open-untrusted-server.ts'
export { findPythonClient, type PythonClient } from './python-client.ts'
export { type ScriptExit, type SpawnedScript, type SpawnScriptOptions, spawnScript } from './spawn-script.ts'
export { openTemporaryDirectory, type TemporaryDirectory } from './temporary-directory.ts'
export { until } from './until.ts'
export { fixtureUrl, workspaceUrl } from './workspace.ts'
