// What `assay check --explain` says of each code is there, fits a screen, and is true: the wrong example gives the code
// and the right one stands without it.
#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "dsl/diagnostics/explanation.h"
#include "tests/unit/dsl/check/checked.h"

using namespace assay;

namespace {

// Bytes and sizes that a page, being text, cannot show.
constexpr std::array kNotText = {DiagnosticKind::NotUtf8, DiagnosticKind::NulByte, DiagnosticKind::FileTooLong};
bool is_text(DiagnosticKind kind) { return std::ranges::find(kNotText, kind) == kNotText.end(); }

constexpr std::size_t kExampleColumns = 76;  // 80 less where examples stand in

struct Example {
  Sources sources;
  bool short_form = false;  // what is said of its setting is not said of it
};

Example example_of(std::string_view text) {
  Example out;
  if (text.starts_with("--- ")) {
    std::string rest = "\n" + std::string(text);
    while (!rest.empty()) {
      const std::size_t line = rest.find('\n', 1), next = std::min(rest.find("\n--- ", line), rest.size());
      out.sources.add(rest.substr(5, line - 5), rest.substr(line + 1, next - line - 1) + "\n");
      rest = rest.substr(next);
    }
  } else if (text.starts_with("ruleset ") || text.find("\nruleset ") != std::string_view::npos) {
    out.sources.add("rules.assay", std::string(text) + "\n");
  } else {
    out.short_form = true;
    out.sources.add("setting.assay", std::string(example_setting()));
    out.sources.add("rules.assay", "ruleset example\n\n" + std::string(text) + "\n");
  }
  return out;
}

// What the checker says of an example, its setting aside.
std::vector<Diagnostic> said_of(std::string_view text, std::string& printed) {
  Example example = example_of(text);
  DiagnosticSink sink;
  const Rulebook book = check(std::move(example.sources), sink);
  printed = render(sink, book.sources);
  std::vector<Diagnostic> out = sink.sorted();
  std::erase_if(out, [&](const Diagnostic& each) { return example.short_form && each.primary.file.index == 0; });
  return out;
}

bool gives(const std::vector<Diagnostic>& said, DiagnosticKind kind) {
  return std::ranges::any_of(said, [&](const Diagnostic& each) { return each.kind == kind; });
}

}  // namespace

TEST_CASE("every code is explained: what it means, why it matters, an example wrong and right") {
  for (const DiagnosticKind kind : all_diagnostic_kinds()) {
    INFO(code_of(kind) << " " << name_of(kind));
    const Explanation page = explanation_of(kind);
    CHECK_FALSE(page.title.empty());
    CHECK(page.title.size() <= 60);
    CHECK(page.title.back() != '.');
    CHECK(page.meaning.ends_with('.'));
    CHECK(page.reason.ends_with('.'));
    CHECK(page.wrong.empty() != is_text(kind));
    CHECK(page.right.empty() != is_text(kind));
    for (const std::string_view example : {page.wrong, page.right}) {
      for (std::size_t begin = 0; begin < example.size();) {
        const std::size_t end = std::min(example.find('\n', begin), example.size());
        CHECK(end - begin <= kExampleColumns);
        begin = end + 1;
      }
    }
  }
}

TEST_CASE("the wrong example gives its code, and the right one stands") {
  for (const DiagnosticKind kind : all_diagnostic_kinds()) {
    if (!is_text(kind)) continue;
    const Explanation page = explanation_of(kind);
    std::string printed;
    const std::vector<Diagnostic> wrong = said_of(page.wrong, printed);
    INFO(code_of(kind) << " " << name_of(kind) << ", wrong:\n" << page.wrong << "\n" << printed);
    CHECK(gives(wrong, kind));
    const std::vector<Diagnostic> right = said_of(page.right, printed);
    INFO("right:\n" << page.right << "\n" << printed);
    CHECK_FALSE(gives(right, kind));
    CHECK(
        std::ranges::none_of(right, [](const Diagnostic& each) { return severity_of(each.kind) == Severity::Error; }));
  }
}
