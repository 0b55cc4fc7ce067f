#!/usr/bin/env bash
# Draws the pictures of the main routes in docs/diagrams from routes/*.camel.yaml, by PlantUML. RouteDiagramsTest fails when they are not those of the routes any more.
set -euo pipefail
cd "$(dirname "$0")/.."
plantuml=1.2025.10

mvn -q -B -ntp test-compile exec:java -Dexec.classpathScope=test -Dmain.class=io.github.camelakeeba.routes.RouteDiagrams
mvn -q -B -ntp dependency:copy -Dartifact=net.sourceforge.plantuml:plantuml-mit:$plantuml -DoutputDirectory=target/plantuml
java -Djava.awt.headless=true -jar target/plantuml/plantuml-mit-$plantuml.jar -tsvg -nometadata docs/diagrams/*.puml
for source in docs/diagrams/*.puml; do
  printf '<!-- of %s, sha256 %s -->\n' "$(basename "$source")" "$(sha256sum <"$source" | cut -d ' ' -f 1)" >>"${source%.puml}.svg"
done
