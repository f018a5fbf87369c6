// Runs a job of tests/lite/host.py under Pyodide: node pyodide.mjs PYODIDE_FOLDER SITE_PACKAGES HOST < job.json > result.json
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, site, host] = process.argv.slice(2);
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const started = performance.now();
const pyodide = await loadPyodide({ indexURL: folder, stdout: (line) => console.error(line) });
const ready = (performance.now() - started) / 1000;
pyodide.mountNodeFS("/site", site);
pyodide.globals.set("ready", ready);
pyodide.globals.set("source", readFileSync(host, "utf8"));
pyodide.globals.set("job", Buffer.concat(chunks).toString("utf8"));
const result = pyodide.runPython(`
import json, sys, types
sys.path.append("/site")  # holidays, which Lite installs from requirements.txt
host = types.ModuleType("host")
sys.modules["host"] = host
exec(compile(source, "host.py", "exec"), host.__dict__)
result = host.run(json.loads(job))
result["seconds"]["pyodide"] = ready
json.dumps(result)
`);
process.stdout.write(result);  // as it is: JavaScript would write 1.0 as 1
