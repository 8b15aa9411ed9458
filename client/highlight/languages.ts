/** Name, file name's ending (or the whole file name, with a capital), and what else people write behind a fence. */
const table = {
  apache: ['Apache', 'conf', 'apacheconf htaccess'],
  asm: ['Assembly', 'asm', 'assembly nasm s'],
  awk: ['AWK', 'awk', 'gawk'],
  bat: ['Batch', 'bat', 'batch cmd dos'],
  c: ['C', 'c', 'h'],
  clojure: ['Clojure', 'clj', 'clj cljs cljc edn'],
  cmake: ['CMake', 'cmake', ''],
  cpp: ['C++', 'cpp', 'c++ cc cxx hpp hxx h++ arduino ino'],
  crystal: ['Crystal', 'cr', 'cr'],
  csharp: ['C#', 'cs', 'c# cs dotnet'],
  css: ['CSS', 'css', ''],
  csv: ['CSV', 'csv', 'tsv'],
  cypher: ['Cypher', 'cypher', 'cql'],
  dart: ['Dart', 'dart', ''],
  diff: ['Diff', 'diff', 'patch udiff'],
  docker: ['Dockerfile', 'Dockerfile', 'dockerfile containerfile'],
  dotenv: ['.env', 'env', 'env'],
  elixir: ['Elixir', 'ex', 'ex exs'],
  elm: ['Elm', 'elm', ''],
  erlang: ['Erlang', 'erl', 'erl hrl'],
  fish: ['Fish', 'fish', ''],
  fsharp: ['F#', 'fs', 'f# fs fsx'],
  gherkin: ['Gherkin', 'feature', 'feature cucumber'],
  glsl: ['GLSL', 'glsl', 'vert frag shader'],
  go: ['Go', 'go', 'golang'],
  graphql: ['GraphQL', 'graphql', 'gql'],
  groovy: ['Groovy', 'groovy', 'gradle jenkinsfile'],
  haskell: ['Haskell', 'hs', 'hs'],
  hcl: ['HCL', 'hcl', ''],
  html: ['HTML', 'html', 'htm xhtml'],
  http: ['HTTP', 'http', 'https'],
  ini: ['INI', 'ini', 'cfg conf properties editorconfig gitconfig systemd service'],
  java: ['Java', 'java', ''],
  javascript: ['JavaScript', 'js', 'js mjs cjs node es6 ecmascript'],
  json: ['JSON', 'json', 'geojson webmanifest'],
  json5: ['JSON5', 'json5', ''],
  jsonc: ['JSON with comments', 'jsonc', ''],
  jsonl: ['JSON Lines', 'jsonl', 'ndjson'],
  jsx: ['JSX', 'jsx', ''],
  julia: ['Julia', 'jl', 'jl'],
  kotlin: ['Kotlin', 'kt', 'kt kts'],
  latex: ['LaTeX', 'tex', 'tex'],
  less: ['Less', 'less', ''],
  lua: ['Lua', 'lua', ''],
  make: ['Makefile', 'Makefile', 'makefile mk'],
  markdown: ['Markdown', 'md', 'md'],
  matlab: ['MATLAB', 'm', 'octave'],
  mdx: ['MDX', 'mdx', ''],
  mermaid: ['Mermaid', 'mmd', 'mmd'],
  nginx: ['nginx', 'conf', 'nginxconf'],
  nim: ['Nim', 'nim', ''],
  nix: ['Nix', 'nix', ''],
  'objective-c': ['Objective-C', 'm', 'objc objectivec obj-c'],
  ocaml: ['OCaml', 'ml', 'ml mli'],
  perl: ['Perl', 'pl', 'pl pm'],
  php: ['PHP', 'php', ''],
  powershell: ['PowerShell', 'ps1', 'ps ps1 pwsh'],
  prisma: ['Prisma', 'prisma', ''],
  prolog: ['Prolog', 'pro', ''],
  proto: ['Protocol Buffers', 'proto', 'protobuf'],
  python: ['Python', 'py', 'py py3 python3 pyi pycon gyp'],
  r: ['R', 'r', 'rscript'],
  regexp: ['Regular expression', 'txt', 'regex'],
  ruby: ['Ruby', 'rb', 'rb rake gemfile'],
  rust: ['Rust', 'rs', 'rs'],
  sass: ['Sass', 'sass', ''],
  scala: ['Scala', 'scala', 'sc sbt'],
  scheme: ['Scheme', 'scm', 'scm racket rkt'],
  scss: ['SCSS', 'scss', ''],
  shellscript: ['Shell', 'sh', 'sh bash zsh shell ksh'],
  shellsession: ['Shell session', 'txt', 'console sh-session shell-session terminal'],
  solidity: ['Solidity', 'sol', 'sol'],
  sql: ['SQL', 'sql', 'mysql postgres postgresql pgsql plsql sqlite tsql mssql mariadb'],
  svelte: ['Svelte', 'svelte', ''],
  swift: ['Swift', 'swift', ''],
  terraform: ['Terraform', 'tf', 'tf tfvars'],
  toml: ['TOML', 'toml', ''],
  tsx: ['TSX', 'tsx', ''],
  typescript: ['TypeScript', 'ts', 'ts mts cts'],
  typst: ['Typst', 'typ', 'typ'],
  verilog: ['Verilog', 'v', ''],
  'system-verilog': ['SystemVerilog', 'sv', 'sv systemverilog'],
  vhdl: ['VHDL', 'vhdl', 'vhd'],
  viml: ['Vim script', 'vim', 'vim vimscript'],
  vb: ['Visual Basic', 'vb', 'vbnet vba visualbasic'],
  vue: ['Vue', 'vue', ''],
  wgsl: ['WGSL', 'wgsl', ''],
  xml: ['XML', 'xml', 'svg xsd xsl xslt rss plist'],
  yaml: ['YAML', 'yml', 'yml'],
  zig: ['Zig', 'zig', ''],
} as const satisfies Record<string, readonly [name: string, ending: string, aliases: string]>

export type LanguageId = keyof typeof table

export type Language = {
  readonly id: LanguageId
  /** As its friends write it. */
  readonly name: string
  /** For a file of its own. */
  readonly fileName: string
}

const languages = new Map<string, Language>()
for (const id of languageIds()) {
  const [name, ending, aliases] = table[id]
  const fileName = ending === name ? name : `code.${ending}`
  for (const written of [id, ...aliases.split(' ')]) languages.set(written, { id, name, fileName })
}

/** The language that the first word behind a fence means; nothing when it is none that is known here. */
export function languageOf(written: string | undefined): Language | undefined {
  const word = /^\{?\.?([^\s,{}:]+)/.exec(written?.toLowerCase() ?? '')?.[1]
  return word ? languages.get(word.replace(/^language-/, '')) : undefined
}

export function languageIds(): LanguageId[] {
  // The keys of an object of that very type.
  return Object.keys(table) as LanguageId[]
}
