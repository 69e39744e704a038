export type Options = {
  readonly forceLibc?: 'glibc' | 'musl'
}

/** The path of the library for this machine. */
export declare function getTdjson(options?: Options): string

/** The version of TDLib whose interface this is, and the commit of TDLib that it is held against. */
export declare function getTdlibInfo(): { commit: string, version: string }
