// Makes fixtures/store-v<n>.db.gz for each schema version after the first: node --conditions=source test/make-old-databases.ts
//
// A database of version n is the one of version 1, which the first release wrote, brought to n by the migrations of that time,
// with something in each table that came with one of them. Files that are there stay as they are: what a release can have
// left behind does not change. Run it after adding a migration, before anything is released with it.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { gunzipSync, gzipSync } from 'node:zlib'
import { migrations } from '../src/sqlite/migrations.ts'

const nowMs = Date.UTC(2026, 1, 1)
const sha256 = 'ab'.repeat(32)

/** What is put in when the database has come to a version; later ones find it there. */
const contents: Readonly<Record<number, string>> = {
  2: `
    INSERT INTO writer (run, stream, name, line_count) VALUES (1, 0, 'w1', 5001);
    INSERT INTO alert (run, created_at_ms, level, title, text) VALUES (1, ${nowMs}, 'WARN', 'old alert', 'look');`,
  3: `
    INSERT INTO artifact_type (project_id, name, created_at_ms) VALUES (1, 'model', ${nowMs});
    INSERT INTO artifact_collection (project_id, type_id, kind, name, created_at_ms, updated_at_ms, next_version_index)
      VALUES (1, 1, 'sequence', 'net', ${nowMs}, ${nowMs}, 1);
    INSERT INTO artifact (project_id, sequence, state, digest, created_by_run, username, requested_aliases, size_bytes,
      file_count, created_at_ms, updated_at_ms)
      VALUES (1, 1, 'committed', 'd1', 1, 'local', '[]', 4, 1, ${nowMs}, ${nowMs});
    INSERT INTO artifact_membership (collection, artifact, version_index, created_at_ms) VALUES (1, 1, 0, ${nowMs});
    INSERT INTO artifact_alias (collection, alias, artifact) VALUES (1, 'best', 1);
    INSERT INTO artifact_blob (project_id, md5, sha256, size_bytes, birth_artifact) VALUES (1, 'm1', '${sha256}', 4, 1);
    INSERT INTO artifact_entry (artifact, path, digest, size_bytes, birth_artifact, blob)
      VALUES (1, 'weights.bin', 'm1', 4, 1, 1);
    INSERT INTO artifact_usage (run, direction, artifact) VALUES (1, 'output', 1);`,
  5: `
    INSERT INTO account (name, kind, email, is_admin, created_at_ms) VALUES
      ('ada', 'user', 'ada@example.org', 1, ${nowMs}), ('lab', 'team', '', 0, ${nowMs});
    INSERT INTO api_key (account, digest, prefix, description, created_at_ms)
      VALUES (1, x'${sha256}', 'abababab', 'laptop', ${nowMs});
    INSERT INTO member (team, user, role, created_at_ms) VALUES (2, 1, 'admin', ${nowMs});
    UPDATE project SET description = 'an old project', access = 'user-read' WHERE id = 1;`,
  6: `
    INSERT INTO key (project_id, name) VALUES (1, 'lr');
    INSERT INTO run_value (source, run, key, value) VALUES (0, 1, (SELECT id FROM key WHERE name = 'lr'), 0.1);`,
  7: `
    INSERT INTO view (project_id, type, name, display_name, description, username, spec, created_at_ms, updated_at_ms)
      VALUES (1, 'runs', 'old', 'An old report', '', 'local', '{"blocks":[]}', ${nowMs}, ${nowMs});
    INSERT INTO spent_run_id (project_id, run_id) VALUES (1, 'gone');`,
  8: `
    INSERT INTO history_export (run, part, through_step, row_count, sha256, size_bytes)
      VALUES (1, 0, 5000, 5001, '${sha256}', 4);`,
  9: `
    INSERT INTO former_address (entity, project, run_id, run) VALUES ('e', 'before', 'r1', 1);`,
  10: `
    UPDATE artifact SET ttl_seconds = 60;
    UPDATE artifact_blob SET xxh128 = 'x1';
    INSERT INTO artifact_entry (artifact, path, digest, ref) VALUES (1, 'far', 'd', 'wandb-artifact://41/f');`,
  11: `
    INSERT INTO run_state_change (run, at_ms, state, cause) VALUES (1, ${nowMs}, 'crashed', 'process gone');`,
  12: `
    INSERT INTO view_state (hash, state, created_at_ms) VALUES ('h1', '{"q":"old"}', ${nowMs});`,
  13: `
    UPDATE run SET color = '#ff0000';`,
  14: `
    INSERT INTO sweep (project_id, name, display_name, description, config, state, controller, scheduler,
      launch_scheduler, prior_run_ids, username, created_at_ms, updated_at_ms)
      VALUES (1, 'oldsweep', 'An old sweep', '', 'method: grid', 'running', '', '', '', '["r1"]', 'local', ${nowMs}, ${nowMs});`,
  15: `
    INSERT INTO artifact_alias_change (collection, alias, to_version, at_ms) VALUES (1, 'best', 0, ${nowMs});`,
  16: `
    UPDATE project SET sample_loaded_at_ms = ${nowMs} WHERE id = 1;`,
  17: `
    INSERT INTO sweep (project_id, name, display_name, description, config, state, controller, scheduler,
      launch_scheduler, prior_run_ids, username, created_at_ms, updated_at_ms, deleted_at_ms, former_runs)
      VALUES (1, 'gonesweep', '', '', '', 'running', '', '', '', '[]', 'local', ${nowMs}, ${nowMs}, ${nowMs}, '[1]');`,
  18: `
    INSERT INTO share_link (project_id, kind, target, path, digest, username, created_at_ms)
      VALUES (1, 'run', 1, '/e/p/runs/r1', x'${sha256}', 'local', ${nowMs});`,
  19: `
    INSERT INTO project (entity, name, created_at_ms, updated_at_ms, last_run_number)
      VALUES ('f', 'numbered', ${nowMs}, ${nowMs}, 9);
    INSERT INTO former_number (run, project_id, number)
      SELECT 1, id, 7 FROM project WHERE entity = 'f' AND name = 'numbered';`,
  20: `
    UPDATE share_link SET password_hash = 'old hash';
    UPDATE project SET tags = '["old"]' WHERE id = 1;`,
  21: `
    UPDATE api_key SET scope = 'read', last_used_at_ms = ${nowMs};`,
  22: `
    INSERT INTO metric_note (project_id, metric, description, goal, username, updated_at_ms)
      VALUES (1, 'loss', 'an old note', 'minimize', 'local', ${nowMs});`,
  23: "UPDATE run_state_change SET last_step = 5000 WHERE state = 'crashed';",
  24: `
    INSERT INTO sweep_agent (sweep, name, host, username, created_at_ms, heartbeat_at_ms)
      SELECT id, 'oldagent', 'box', 'local', ${nowMs}, ${nowMs} FROM sweep WHERE name = 'oldsweep';
    INSERT INTO sweep_agent_run (agent, run_id, is_live, offer_count) VALUES (1, 'r1', 1, 0);`,
  25: `
    UPDATE project SET protected_aliases = '["prod"]' WHERE id = 1;`,
  26: `
    UPDATE run SET sweep_id = 'oldsweep' WHERE id = 1;
    INSERT INTO sweep_trial (run, early_stop) VALUES (1, '{"value":2}');`,
}

const fileOf = (version: number): URL => new URL(`./fixtures/store-v${version}.db.gz`, import.meta.url)

for (let version = 2; version <= migrations.length; version++) {
  if (existsSync(fileOf(version))) continue
  const folder = mkdtempSync(join(tmpdir(), 'old-database-'))
  const path = join(folder, 'store.db')
  writeFileSync(path, gunzipSync(readFileSync(fileOf(1))))
  const database = new DatabaseSync(path)
  for (let reached = 2; reached <= version; reached++) {
    database.exec(
      `BEGIN; ${migrations[reached - 1]} PRAGMA user_version = ${reached}; ${contents[reached] ?? ''} COMMIT;`,
    )
  }
  database.exec('PRAGMA journal_mode = DELETE; VACUUM; PRAGMA journal_mode = WAL')
  database.close()
  writeFileSync(fileOf(version), gzipSync(readFileSync(path), { level: 9 }))
  rmSync(folder, { recursive: true })
  console.log(`Made ${fileOf(version).pathname}`)
}
