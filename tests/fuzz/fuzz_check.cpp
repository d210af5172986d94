// Any bytes as a ruleset, read and checked: a rulebook and diagnostics whose places lie in the file, and they print. A
// line of three dashes begins a further file.
#include <cstdint>
#include <string>

#include "dsl/check/check.h"
#include "evidence/core/check.h"

using namespace assay;

namespace {

void check_place(Span span, const Sources& sources) {
  CHECK(span.file.index < sources.size());
  CHECK(span.begin <= span.end && span.end <= sources.file(span.file).text().size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kNextFile = "\n---\n";
  const std::string all(data, data + size);
  Sources sources;
  for (std::size_t begin = 0; begin <= all.size();) {
    const std::size_t end = std::min(all.find(kNextFile, begin), all.size());
    sources.add("rules" + std::to_string(sources.size()) + ".assay", all.substr(begin, end - begin));
    begin = end + kNextFile.size();
  }
  DiagnosticSink sink;
  const Rulebook book = check(std::move(sources), sink);
  for (const Diagnostic& diagnostic : sink.sorted()) {
    check_place(diagnostic.primary, book.sources);
    for (const Note& note : diagnostic.labels) check_place(note.span, book.sources);
    CHECK(!diagnostic.message.empty() && !render(diagnostic, book.sources).empty());
  }
  return 0;
}
