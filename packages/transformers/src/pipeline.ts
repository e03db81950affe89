export { type PipelineOptions, type PipelineReportOptions, pipeline, type ReportTarget } from './pipelines/pipeline.ts'
