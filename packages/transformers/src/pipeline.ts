export {
  type PipelineOptions,
  type PipelineReportOptions,
  type PipelineReportTarget,
  pipeline,
} from './pipelines/pipeline.ts'
