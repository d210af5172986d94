// Any bytes as a file of rules: reading ends with a tree and diagnostics whose places lie in the file, and they print.
#include <cstdint>
#include <string>

#include "dsl/syntax/parse.h"
#include "evidence/core/check.h"

using namespace assay;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Sources sources;
  ast::Tree tree;
  DiagnosticSink sink;
  const FileId file = sources.add("rules.assay", std::string(data, data + size));
  parse(sources, file, tree, sink);
  for (const Diagnostic& diagnostic : sink.sorted()) {
    CHECK(diagnostic.primary.begin <= diagnostic.primary.end && diagnostic.primary.end <= size);
    CHECK(!render(diagnostic, sources).empty());
  }
  for (std::uint32_t i = 0; i < tree.expr_count(); ++i) CHECK(tree.span(ast::ExprId{i}).end <= size);
  return 0;
}
