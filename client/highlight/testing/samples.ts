import type { LanguageId } from '../languages'

/** A few lines of each popular language, with what spans lines in it: comments, strings, embedded languages. */
export const samples: Partial<Record<LanguageId, string>> = {
  typescript: '/* one\n two */\nconst a = `x ${b + 1}\n y` // end\nclass A<T> { run(): void {} }',
  javascript: 'export async function* f() {\n  yield /a[/]b/g.test(`\n${x}`)\n}',
  tsx: 'const a = (\n  <div className="x">\n    {items.map((i) => <p key={i}>{i}</p>)}\n  </div>\n)',
  python: 'def f(a: int = 3):\n    """Doc\n    string."""\n    return f"{a!r} {"x"}" and not None',
  shellscript: 'cat <<EOF | grep x\n$HOME `date`\nEOF\nfor i in *.ts; do echo "$i"; done # end',
  yaml: 'a: |\n  text\n  more\nb: [1, true, "x"] # end\nc: &d { e: 1 }',
  json: '{\n  "a": [1, true, null, "x\\n"],\n  "b": {}\n}',
  html: '<style>\n.a { color: #fff }\n</style>\n<script>\nlet a = 1 // x\n</script>\n<!-- one\ntwo -->',
  css: '/* one\ntwo */\n.a > b:hover {\n  margin: calc(1px + 2em);\n}',
  rust: 'fn f<\'a>(x: &\'a str) -> u8 {\n  /* one\n  two */ println!("{x}\n  y"); 1u8\n}',
  go: 'package main\n\nvar s = `one\ntwo`\nfunc main() { fmt.Println(s, 1) } // end',
  java: '@Override\npublic String a() {\n  return """\n    x\n    """; // end\n}',
  cpp: '#define A \\\n  1\ntemplate <class T> T f(R"(one\ntwo)") { return A; }',
  csharp: 'var s = $@"one {a}\ntwo"; // end\nrecord A(int B);',
  php: '<?php\n$a = <<<X\nhi $b\nX;\nfunction f(): int { return 1; }',
  ruby: '=begin\ncomment\n=end\ndef f(a: :b)\n  "#{a} x"\nend',
  sql: "/* one\ntwo */\nselect 'a\nb', 1 from t where a is not null;",
  markdown: '# Title\n\n```js\nlet a = 1\n```\n\n- **b** `c`',
  diff: '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+new',
  kotlin: 'val s = """one\n$two"""\nfun f() = 1 // end',
  swift: 'let s = """\none \\(two)\n"""\nfunc f() -> Int { 1 }',
  lua: '--[[ one\ntwo ]]\nlocal s = [[one\ntwo]] -- end',
  toml: '[a]\nb = """\none\n"""\nc = 1979-05-27',
}
