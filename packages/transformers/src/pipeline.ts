export { type PipelineOptions, pipeline, type ReportTarget } from './pipelines/pipeline.ts'
