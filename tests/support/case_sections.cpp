// Sections of a golden case, read and written.
#include "tests/support/case_sections.h"

#include <fmt/format.h>

#include <sstream>

namespace assay::golden {

namespace {

std::string without_blank_end(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

}  // namespace

const std::string* CaseSections::body_of(std::string_view head) const {
  for (const Section& section : sections) {
    if (section.head == head) return &section.body;
  }
  return nullptr;
}

CaseSections read_case(const std::string& text) {
  CaseSections out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("--- "))
      out.sections.push_back({line.substr(4), {}});
    else
      (out.sections.empty() ? out.opening : out.sections.back().body) += line + "\n";
  }
  out.opening = without_blank_end(std::move(out.opening));
  for (Section& section : out.sections) section.body = without_blank_end(std::move(section.body));
  return out;
}

std::string write_case(const CaseSections& of) {
  std::string text = of.opening + "\n";
  for (const Section& section : of.sections) {
    text += fmt::format("\n--- {}\n", section.head);
    if (!section.body.empty()) text += section.body + "\n";
  }
  return text;
}

}  // namespace assay::golden
