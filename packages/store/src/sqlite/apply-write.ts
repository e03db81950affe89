import type { Write } from '../store.ts'
import { applyAccountWrite } from './accounts/apply-account-write.ts'
import { putAlert } from './alerts.ts'
import { applyArtifactWrite } from './artifacts/apply-artifact-write.ts'
import type { Connection } from './connection.ts'
import { copyHistory, cutHistory } from './copy-history.ts'
import { putCustomChart } from './custom-charts.ts'
import { putHistoryExport } from './history-exports.ts'
import type { KeyDictionary } from './key-dictionary.ts'
import { putMetricNote } from './metric-notes.ts'
import { deleteProject, moveRun, renameProject } from './place-writer.ts'
import { appendRows } from './row-appender.ts'
import { changeProject, putLines, putProject, putRun } from './run-writer.ts'
import { deleteShareLink, putShareLink, useShareLink } from './share-links.ts'
import { hearSweepAgent, offerSweepRun, putSweepAgent } from './sweep-agents.ts'
import { putSweepTrial } from './sweep-trials.ts'
import { deleteSweep, putSweep, restoreSweep, trashSweep } from './sweeps.ts'
import { deleteRun, restoreRun, trashRun } from './trash.ts'
import { putViewState } from './view-revisions.ts'
import { deleteView, putView } from './views.ts'

/** Does one write; its result is that of `WriteResult` for the write's kind. Within a transaction. */
export function applyWrite(connection: Connection, keys: KeyDictionary, write: Write): unknown {
  switch (write.kind) {
    case 'put-run':
      return putRun(connection, keys, write)
    case 'append-rows':
      return appendRows(connection, keys, write)
    case 'put-lines':
      return putLines(connection, write)
    case 'copy-history':
      return copyHistory(connection, write)
    case 'cut-history':
      return cutHistory(connection, write)
    case 'put-alert':
      return putAlert(connection, write)
    case 'put-history-export':
      return putHistoryExport(connection, write)
    case 'put-project':
      return { project: putProject(connection, write) }
    case 'change-project':
      return { project: changeProject(connection, write) }
    case 'put-account':
    case 'put-api-key':
    case 'use-api-key':
    case 'put-member':
    case 'put-invite':
    case 'delete-account':
    case 'delete-api-key':
    case 'delete-member':
    case 'delete-invite':
      return applyAccountWrite(connection, write)
    case 'trash-run':
      return trashRun(connection, write.run, write.nowMs)
    case 'restore-run':
      return restoreRun(connection, write.run, write.nowMs)
    case 'delete-run':
      return deleteRun(connection, write.run)
    case 'move-run':
      return moveRun(connection, write)
    case 'rename-project':
      return renameProject(connection, write)
    case 'delete-project':
      return deleteProject(connection, write)
    case 'put-view':
      return putView(connection, write)
    case 'put-custom-chart':
      return putCustomChart(connection, write)
    case 'delete-view':
      return deleteView(connection, write.view)
    case 'put-metric-note':
      return putMetricNote(connection, write)
    case 'put-sweep':
      return putSweep(connection, write)
    case 'trash-sweep':
      return trashSweep(connection, write.sweep, write.nowMs)
    case 'restore-sweep':
      return restoreSweep(connection, write.sweep, write.nowMs)
    case 'delete-sweep':
      return deleteSweep(connection, write.sweep)
    case 'put-sweep-agent':
      return putSweepAgent(connection, write)
    case 'hear-sweep-agent':
      return hearSweepAgent(connection, write)
    case 'offer-sweep-run':
      return offerSweepRun(connection, write)
    case 'put-sweep-trial':
      return putSweepTrial(connection, write)
    case 'put-share-link':
      return putShareLink(connection, write)
    case 'use-share-link':
      return useShareLink(connection, write.link, write.nowMs)
    case 'delete-share-link':
      return deleteShareLink(connection, write.link)
    case 'put-view-state':
      return putViewState(connection, write.hash, write.state, write.nowMs)
    default:
      return applyArtifactWrite(connection, write)
  }
}
