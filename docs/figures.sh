#!/usr/bin/env bash
# The figures of a checkout, counted by src/test/java/…/docs/Figures.java.
#   docs/figures.sh [DIR]     prints the figures of DIR (default: this checkout), name and value
#   docs/figures.sh --write   puts those of this checkout into the last column of docs/reference/figures.md
#   docs/figures.sh --time N  times N runs each of mvn test and mvn verify in a clean clone of HEAD
# Jars are counted where DIR/target holds them (mvn package -DskipTests).
set -euo pipefail
cd "$(dirname "$0")/.."
page=docs/reference/figures.md

figures() {
  local dir
  dir=$(cd "$1" && pwd)
  mkdir -p "$dir/target"
  (cd "$dir" && mvn -q -B -ntp dependency:tree -Dverbose -Dscope=runtime -DoutputFile=target/tree.txt >&2)
  mvn -q -B -ntp test-compile exec:java -Dexec.classpathScope=test \
    -Dmain.class=io.github.camelakeeba.docs.Figures "-Dexec.args=$dir" | sed 's/\x1b\[[0-9;]*m//g'
}

case "${1:-.}" in
  --write)
    figures . >target/figures.txt
    awk -F '\t' -v page="$page" '
      BEGIN { OFS = " | " }
      { after[$1] = $2; order[++n] = $1 }
      END {
        while ((getline line < page) > 0) {
          row = line ~ /^\|/
          if (table && !row) { for (i = 1; i <= n; i++) if (order[i] in after) print "| " order[i], "", after[order[i]] " |" }
          table = row
          split(line, cell, / *\| */)
          if (row && cell[2] in after) {
            print "| " cell[2], cell[3], after[cell[2]] " |"
            delete after[cell[2]]
          } else print line
        }
      }' target/figures.txt >target/figures.md
    mv target/figures.md "$page"
    ;;
  --time)
    clone=$(mktemp -d)
    trap 'rm -rf "$clone"' EXIT
    git clone -q . "$clone"
    for goal in test verify; do
      for run in $(seq "${2:-3}"); do
        begin=$(date +%s)
        (cd "$clone" && mvn -q -B -ntp clean "$goal") >"$clone.log" 2>&1 || { tail -50 "$clone.log"; exit 1; }
        echo "mvn $goal, run $run: $(($(date +%s) - begin)) s"
      done
    done
    ;;
  *) figures "${1:-.}" ;;
esac
