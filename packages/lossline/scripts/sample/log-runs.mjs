// Logs the planned runs with the SDK, as programs of users do.
import { Artifact, Histogram, Image, init, plot, Table } from '@lossline/core'
import {
  classNames,
  digitSize,
  drawDigit,
  drawScene,
  findDigits,
  sceneHeight,
  sceneWidth,
  trueBoxes,
} from './digit-pictures.mjs'
import { endsAtMs, now, passTime, setTime } from './fake-time.mjs'
import { project, sweepName } from './plan.mjs'
import { around0, createRandom, round } from './random.mjs'
import { diverges, finalAccuracy, train } from './training.mjs'

const rowMs = 1_900
const exampleCount = 80
/** Examples that each of the final models reads wrongly. */
const wrongIds = [[3, 17, 24, 38, 46, 55, 71], [12, 29, 47, 66], [38], [24, 66]]

/** Everything between the start and the end of one run. @returns where it is, and when it began and ended */
export async function logRun(planned, dataDirectory, plans) {
  setTime(Math.round(endsAtMs - planned.hoursBefore * 3_600_000))
  const startedAtMs = now()
  const { id, name, jobType, group, tags, notes, config } = planned
  const run = await init({
    ...{ project, id, name, jobType, tags, dataDir: dataDirectory, mode: 'offline', durability: 'sync' },
    ...{ silent: true, disableMetadata: true, disableSystemMetrics: true, saveRequirements: false },
    ...(group === undefined ? {} : { group }),
    ...(notes === undefined ? {} : { notes }),
    ...(planned.sweep ? { sweepId: sweepName } : {}),
    ...(config === undefined ? {} : { config }),
  })
  passTime(3_000)
  const exitCode = await work[jobType](run, planned, plans)
  passTime(1_500)
  await run.finish({ exitCode })
  return { ...planned, directory: run.directory, startedAtMs, endedAtMs: now() }
}

const work = { prepare: logPreparation, train: logTraining, evaluate: logEvaluation }

/** The data set as an artifact. The same content is the same version, whoever logs or uses it. */
async function toDataset(kind) {
  const random = createRandom(kind === 'raw' ? 21 : 22)
  const lines = (count) =>
    Array.from({ length: count }, (_, i) => `${i},${Math.floor(random() * 10)},${Math.floor(random() * 256)}`).join(
      '\n',
    )
  const dataset = new Artifact('digits', 'dataset', {
    description: kind === 'raw' ? 'All digits as they were drawn.' : 'Digits on whose label everybody agrees.',
    metadata: { examples: kind === 'raw' ? 1797 : 1760, classes: 10, cleaned: kind === 'clean' },
  })
  await dataset.addBuffer(`id,label,ink\n${lines(500)}\n`, 'train.csv')
  await dataset.addBuffer(`id,label,ink\n${lines(exampleCount)}\n`, 'test.csv')
  await dataset.addBuffer(
    `# Digits\n\nDrawn by hand, 16 by 16 pixels. ${kind === 'raw' ? 'Raw.' : 'Cleaned.'}\n`,
    'README.md',
  )
  return dataset
}

async function logPreparation(run, { data }) {
  const random = createRandom(data === 'raw' ? 31 : 32)
  const rows = Array.from({ length: 60 }, (_, i) => {
    const label = i % 10
    const image = new Image(drawDigit(label, random), { width: digitSize, height: digitSize, channels: 1 })
    return [i, image, String(label), data === 'raw' && i % 13 === 5]
  })
  console.log(`read ${data === 'raw' ? 1797 : 1760} examples of 10 classes`)
  passTime(40_000)
  run.log({ samples: new Table({ columns: ['id', 'image', 'label', 'disputed'], rows }) })
  run.summary.update({ examples: data === 'raw' ? 1797 : 1760, classes: 10 })
  run.logArtifact(await toDataset(data), { aliases: [data] })
  console.log('wrote train.csv, test.csv and README.md')
  return 0
}

async function logTraining(run, planned) {
  const { config, data, end, epochs = config.epochs, model } = planned
  await run.useArtifact(await toDataset(data))
  run.defineMetric('epoch', { hidden: true })
  run.defineMetric('val/*', { stepMetric: 'epoch' })
  console.log(
    `training a ${config.model.kind} of ${config.model.layers} layers with ${config.optimizer}, learning rate ${config.learning_rate}`,
  )
  const scenes = [1, 2, 3].map((seed) => drawScene(createRandom(seed)))
  // A search gives up early on what does not learn.
  const lastEpoch = planned.sweep && finalAccuracy(config) < 0.9 ? Math.min(epochs, 4) : epochs
  let best = 0
  for (const { row, epoch, isEpochEnd } of train(config, planned.index)) {
    passTime(rowMs * (0.6 + config.model.width / 80))
    const isShown = model !== undefined && isEpochEnd && (epoch % 4 === 0 || epoch === 1)
    run.log({
      ...row,
      ...(isEpochEnd && model ? toWeights(config, epoch) : {}),
      ...(isShown ? toScenes(scenes, config, epoch) : {}),
    })
    if (Number.isNaN(row['train/loss'])) return tellDivergence()
    if (!isEpochEnd) continue
    best = Math.max(best, row['val/accuracy'])
    console.log(
      `epoch ${String(epoch).padStart(2)}/${config.epochs}  loss ${row['train/loss'].toFixed(4)}  val_loss ${row['val/loss'].toFixed(4)}  val_accuracy ${row['val/accuracy'].toFixed(4)}`,
    )
    if (model !== undefined && (epoch === 6 || epoch === config.epochs)) await logModel(run, planned, epoch, best)
    if (epoch >= lastEpoch) break
  }
  if (diverges(config)) return tellDivergence()
  return end === 'killed' ? 255 : 0
}

function tellDivergence() {
  console.error(
    `Error: the loss is not finite any more\n    at checkLoss (train.mjs:88:11)\n    at trainEpoch (train.mjs:61:5)\n    at async main (train.mjs:132:3)`,
  )
  return 1
}

function toWeights(config, epoch) {
  const random = createRandom(config.seed + 50)
  const draw = (width) => Float32Array.from({ length: 1500 }, () => width * around0(random))
  return {
    'weights/conv1': new Histogram(draw(0.25 + 0.02 * epoch), { binCount: 32 }),
    'weights/dense': new Histogram(draw(0.1 + 0.015 * epoch), { binCount: 32 }),
  }
}

function toScenes(scenes, config, epoch) {
  const skill = finalAccuracy(config) * (1 - 0.9 * Math.exp(-epoch / 3))
  const images = scenes.map((scene, number) => {
    const { boxes, mask } = findDigits(scene, skill, createRandom(config.seed * 100 + epoch * 10 + number))
    return new Image(scene.pixels, {
      ...{ width: sceneWidth, height: sceneHeight, channels: 3 },
      caption: `board ${number + 1}: ${scene.digits.map(({ digit }) => digit).join(' ')}`,
      boxes: { predictions: boxes, 'ground truth': trueBoxes(scene) },
      masks: { predictions: mask },
    })
  })
  return { boards: images }
}

/** A model as an artifact, as it was after an epoch. */
async function toModel({ name, config, model }, epoch) {
  const random = createRandom(config.seed * 1000 + epoch)
  const artifact = new Artifact(`digits-${model}`, 'model', {
    description: `A ${config.model.kind} of ${config.model.layers} layers, made by “${name}”.`,
    metadata: { epoch, layers: config.model.layers, width: config.model.width, framework: 'tfjs' },
  })
  const weights = Float32Array.from({ length: 256 }, () => around0(random))
  await artifact.addBuffer(new Uint8Array(weights.buffer), 'weights.bin')
  await artifact.addBuffer(
    `${JSON.stringify({ format: 'layers-model', ...config.model }, undefined, 2)}\n`,
    'model.json',
  )
  return artifact
}

async function logModel(run, planned, epoch, best) {
  const { config, tags } = planned
  const isLast = epoch === config.epochs
  const aliases = [
    `epoch-${epoch}`,
    ...(isLast ? ['final'] : []),
    ...(isLast && tags.includes('best') ? ['best', 'production'] : []),
  ]
  run.logArtifact(await toModel(planned, epoch), { aliases })
  console.log(`kept the model of epoch ${epoch}, the best accuracy so far is ${best.toFixed(4)}`)
}

async function logEvaluation(run, { of }, plans) {
  const trained = plans.filter(({ model }) => model !== undefined)[of]
  await run.useArtifact(await toModel(trained, trained.config.epochs))
  await run.useArtifact(await toDataset('clean'))
  const pictures = createRandom(77)
  const random = createRandom(trained.config.seed)
  const examples = Array.from({ length: exampleCount }, (_, i) => {
    const label = i % 10
    const probabilities = toProbabilities(label, wrongIds[of].includes(i), random)
    const predicted = probabilities.indexOf(Math.max(...probabilities))
    return { id: i, label, predicted, probabilities, pixels: drawDigit(label, pictures) }
  })
  passTime(25_000)
  const accuracy = examples.filter(({ label, predicted }) => label === predicted).length / exampleCount
  const rows = examples.map(({ id, label, predicted, probabilities, pixels }) => [
    id,
    new Image(pixels, { width: digitSize, height: digitSize, channels: 1 }),
    String(label),
    String(predicted),
    round(probabilities[predicted], 3),
    label === predicted,
  ])
  const yTrue = examples.map(({ label }) => label)
  const yProbas = examples.map(({ probabilities }) => probabilities)
  run.log({
    predictions: new Table({ columns: ['id', 'image', 'label', 'predicted', 'confidence', 'correct'], rows }),
    confusion: plot.confusionMatrix({
      yTrue,
      preds: examples.map(({ predicted }) => predicted),
      classNames,
      title: 'Confusion matrix',
    }),
    'precision and recall': plot.prCurve({ yTrue, yProbas, labels: classNames, title: 'Precision and recall' }),
    roc: plot.rocCurve({ yTrue, yProbas, labels: classNames, title: 'ROC' }),
    'test/accuracy': round(accuracy),
    'test/latency_ms': round(0.4 + trained.config.model.width / 30 + 0.02 * around0(random), 3),
  })
  const report = new Artifact('evaluation', 'report', { metadata: { accuracy: round(accuracy), model: trained.name } })
  await report.addBuffer(`${JSON.stringify({ accuracy, examples: exampleCount })}\n`, 'report.json')
  run.logArtifact(report)
  console.log(`accuracy on ${exampleCount} examples: ${accuracy.toFixed(4)}`)
  return 0
}

/** Of each class; that of the right one is the highest, unless the model is wrong. */
function toProbabilities(label, isWrong, random) {
  const scores = classNames.map(() => 0.25 * random())
  const confused = (label + 5 + Math.floor(random() * 3)) % 10
  scores[label] += isWrong ? 0.5 : 1 + 1.5 * random()
  scores[confused] += isWrong ? 0.9 + 0.5 * random() : 0.3 * random()
  const sum = scores.reduce((total, score) => total + score, 0)
  return scores.map((score) => round(score / sum))
}
