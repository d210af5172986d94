#!/usr/bin/env bash
# Our proofs by a verifier of others: exports a small log and gives it to Sigstore's (npm, @sigstore/verify). Skipped,
# with that said, where Node is not there or its packages cannot be fetched.
#   tests/independent/run.sh ASSAY WORK_FOLDER
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
assay=$1 work=$2
skip() { echo "skipped: $*"; exit 77; }
command -v node >/dev/null && command -v npm >/dev/null || skip "Node and npm are not installed"

mkdir -p "$work"
cp "$here/package.json" "$here/package-lock.json" "$here/proofs.cjs" "$work"
if ! (cd "$work" && cmp -s package-lock.json node_modules/.of_lock); then
  (cd "$work" && timeout 120 npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1) ||
    skip "the packages that package-lock.json names cannot be fetched"
  cp "$work/package-lock.json" "$work/node_modules/.of_lock"
fi

store=$work/log
rm -rf "$store" && mkdir "$store" && cd "$store"
rules=$here/../vectors/packet/rules.assay
"$assay" init s.db >/dev/null
"$assay" trail key s.db --name york.example/assay --by "R. Keeper" >key.txt
"$assay" import s.db "$here/../vectors/packet/councils.csv" "$here/../vectors/packet/waits.csv" --rules "$rules" \
  --by "R. Keeper" --recorded-on 2025-05-01 >/dev/null
for day in 01 02 03 04 05; do
  "$assay" run s.db --rules "$rules" --as-at "2025-06-$day" --by "D. Deputy" >/dev/null
done
"$assay" trail export s.db --tiles tiles >/dev/null
for entry in 0 1 2 3 4 5 6 7 8; do "$assay" trail export s.db --entry "$entry" "$entry.tlog-proof" >/dev/null; done
cd "$work" && node proofs.cjs "$store" "$(sed -n 's/^  \(york.example.*\)$/\1/p' "$store/key.txt")"
