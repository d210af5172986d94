// The registry of kinds, and the sink that keeps what was found in order.
#include "dsl/diagnostics/diagnostic.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace assay {

namespace {

struct Row {
  DiagnosticKind kind;
  std::string_view name, code;
  Severity severity;
  std::string_view summary;
};

constexpr auto kRows = std::to_array<Row>({
#define KIND(name, code, severity, summary) {DiagnosticKind::name, #name, code, Severity::severity, summary},
#include "dsl/diagnostics/diagnostic_kind.def"
#undef KIND
});

const Row& row(DiagnosticKind kind) { return kRows[static_cast<std::size_t>(kind)]; }

auto order_of(const Diagnostic& diagnostic) {
  return std::tuple(diagnostic.primary.file, diagnostic.primary.begin, code_of(diagnostic.kind), diagnostic.primary.end,
                    std::string_view(diagnostic.message));
}

std::size_t count(const std::vector<Diagnostic>& diagnostics, Severity severity) {
  return static_cast<std::size_t>(std::ranges::count_if(
      diagnostics, [&](const Diagnostic& diagnostic) { return severity_of(diagnostic.kind) == severity; }));
}

}  // namespace

std::string_view name_of(DiagnosticKind kind) { return row(kind).name; }
std::string_view code_of(DiagnosticKind kind) { return row(kind).code; }
Severity severity_of(DiagnosticKind kind) { return row(kind).severity; }
std::string_view summary_of(DiagnosticKind kind) { return row(kind).summary; }

const std::vector<DiagnosticKind>& all_diagnostic_kinds() {
  static const std::vector<DiagnosticKind> kinds = [] {
    std::vector<DiagnosticKind> out;
    for (const Row& each : kRows) out.push_back(each.kind);
    return out;
  }();
  return kinds;
}

std::optional<DiagnosticKind> find_diagnostic_kind(std::string_view code_or_name) {
  for (const Row& each : kRows) {
    if (each.code == code_or_name || each.name == code_or_name) return each.kind;
  }
  return std::nullopt;
}

void DiagnosticSink::add(Diagnostic diagnostic) { diagnostics_.push_back(std::move(diagnostic)); }
void DiagnosticSink::forget_warnings(const std::function<bool(FileId)>& in) {
  std::erase_if(diagnostics_,
                [&](const auto& each) { return severity_of(each.kind) == Severity::Warning && in(each.primary.file); });
}
bool DiagnosticSink::has_errors() const {
  return std::ranges::any_of(diagnostics_, [](const auto& each) { return severity_of(each.kind) == Severity::Error; });
}
std::size_t DiagnosticSink::error_count() const { return count(sorted(), Severity::Error); }
std::size_t DiagnosticSink::warning_count() const { return count(sorted(), Severity::Warning); }

std::vector<Diagnostic> DiagnosticSink::sorted() const {
  std::vector<Diagnostic> out = diagnostics_;
  std::ranges::stable_sort(out, [](const auto& a, const auto& b) { return order_of(a) < order_of(b); });
  const auto same = [](const auto& a, const auto& b) { return order_of(a) == order_of(b); };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
  return out;
}

}  // namespace assay
