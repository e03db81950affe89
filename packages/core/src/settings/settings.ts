/**
 * Where a run's records go.
 *
 * - `local`: into `.lossline/`, where `lossline serve` shows them live. The default.
 * - `online`: the same, and to a server while the run goes on. The default when a base URL or an API key is known.
 * - `offline`: into `.lossline/` alone; `lossline sync` sends them later.
 * - `disabled`: nowhere. Every call works and does nothing.
 */
export type Mode = 'local' | 'online' | 'offline' | 'disabled'

/** How rows reach the disk: by a worker within milliseconds, or by the calling thread before `log` returns. */
export type Durability = 'batched' | 'sync'

/**
 * Whether a run goes on that a server, or the data folder, has already.
 *
 * - `allow`: if it is there; else it is a new run.
 * - `must`: it has to be there.
 * - `never`: it must not be there.
 * - `auto`: as `allow`, with the id of the last run of this data folder that did not end well.
 */
export type Resume = 'allow' | 'must' | 'never' | 'auto'

/** What `init` does while another run of this process is active. */
export type Reinit = 'refuse' | 'finishPrevious' | 'returnPrevious' | 'createNew'

/**
 * All that can be set besides the config. Each may come, from low to high, from the default, from
 * `~/.config/lossline/settings`, from `.lossline/settings`, from the environment, from `init({ settings })` or from
 * an option of `init` of the same name.
 */
export interface Settings {
  /** Project of the run: 1–128 characters, none of `/ \ # ? % :`. Default: name of the git repository's folder. */
  readonly project?: string | undefined
  /** User or team that owns the project. Default: the server's choice. */
  readonly entity?: string | undefined
  /** Id of the run, unique in its project. Default: eight random characters of `a-z0-9`. */
  readonly id?: string | undefined
  /** Name of the run for people. Default: two random words. */
  readonly name?: string | undefined
  /** Longer text about the run. Default: none. */
  readonly notes?: string | undefined
  /** Words to find the run by, 1–64 characters each. Default: none. */
  readonly tags?: readonly string[] | undefined
  /** Runs of the same group are shown together. Default: none. */
  readonly group?: string | undefined
  /** What the run does within its group, such as `train` or `evaluate`. Default: none. */
  readonly jobType?: string | undefined
  /** Sweep that the run belongs to. Default: none. */
  readonly sweepId?: string | undefined
  /** Folder that holds `.lossline/`. Default: the nearest parent folder that has one, else the working directory. */
  readonly dir?: string | undefined
  /** The data folder itself, instead of `.lossline/` in `dir`. Default: none. */
  readonly dataDir?: string | undefined
  /**
   * Default: `online` when a base URL or an API key is known, else `local`. `shared`: the same, for a run that several
   * processes write at the same time: see {@link label}.
   */
  readonly mode?: Mode | 'shared' | undefined
  /** Whether a run goes on that is there already. `true` is `auto`. Default: false, it is a new run. */
  readonly resume?: Resume | boolean | undefined
  /** Goes back to a step of a run, `<run id>?_step=<n>`, and goes on from there; what came after it is gone. */
  readonly resumeFrom?: string | undefined
  /** Starts a new run with the history of another one of the project up to a step, `<run id>?_step=<n>`. */
  readonly forkFrom?: string | undefined
  /** Name of this writer of a shared run, beside its console lines and system metrics. Default: host and random letters. */
  readonly label?: string | undefined
  /**
   * Whether this writer of a shared run speaks for it: the end of the run, its config file and its summary file are its.
   * Default: true.
   */
  readonly primary?: boolean | undefined
  /** URL of the server. Default: `https://api.wandb.ai` in online mode. */
  readonly baseUrl?: string | undefined
  /** Key for that server. Default: the `machine` entry of its host in `~/.netrc`. Never written, never printed. */
  readonly apiKey?: string | undefined
  /** Whether standard output and error become part of the run. Default: `wrap`. */
  readonly console?: 'wrap' | 'off' | undefined
  /** Prints nothing at all. Default: false. */
  readonly silent?: boolean | undefined
  /** Prints warnings only. Default: false. */
  readonly quiet?: boolean | undefined
  /** Lets config values be changed after they were set. Default: false. */
  readonly allowValChange?: boolean | undefined
  /** Throws when a table of more than 200,000 rows is logged, instead of leaving the rest out. Default: false. */
  readonly strict?: boolean | undefined
  /** Default: `refuse`, which throws. */
  readonly reinit?: Reinit | undefined
  /** Default: `batched`. */
  readonly durability?: Durability | undefined
  /** How long `finish()` waits for the server, in milliseconds. Default: 60,000. */
  readonly finishTimeoutMs?: number | undefined
  /** Patterns of run files, relative to `files/`, that are not sent to a server, such as `*.ckpt`. Default: none. */
  readonly ignoreGlobs?: readonly string[] | undefined
  /** Leaves out command line, host, hardware and git. Default: false. */
  readonly disableMetadata?: boolean | undefined
  /** Time between two samples of system metrics, in milliseconds, at least 100. Default: 15,000. */
  readonly systemMetricsIntervalMs?: number | undefined
  /** Folders whose disks are part of the system metrics. Default: `/`. */
  readonly systemMetricsDiskPaths?: readonly string[] | undefined
  /** Records no system metrics. Default: false. */
  readonly disableSystemMetrics?: boolean | undefined
  /** Leaves out git. Default: false. */
  readonly disableGit?: boolean | undefined
  /** Writes `requirements.txt` with the versions of the packages that `package.json` names. Default: true. */
  readonly saveRequirements?: boolean | undefined
  /** Git remote whose URL is recorded. Default: `origin`. */
  readonly gitRemote?: string | undefined
  /** Recorded instead of the remote's URL. */
  readonly gitRemoteUrl?: string | undefined
  /** Recorded instead of the checked out commit. */
  readonly gitCommit?: string | undefined
  /** Recorded instead of the host's name. */
  readonly host?: string | undefined
  /** Recorded instead of the script's path. */
  readonly program?: string | undefined
  /** Recorded instead of the user's login name. */
  readonly username?: string | undefined
}
