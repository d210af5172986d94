// The checks one after another, and their findings as sentences.
#include "apps/verifier/verify.h"

#include <algorithm>
#include <charconv>

#include "apps/verifier/checks.h"

namespace assay::verifier {

namespace {

constexpr std::size_t kColumns = 80;

// Words on lines; `first` stands before the first, blanks before the others.
std::string lines(const std::string& first, std::string_view text) {
  std::string out, line = first;
  const std::string indent(first.size(), ' ');
  bool fresh = true;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!fresh && line.size() + 1 + word.size() > kColumns) {
      out += line + '\n';
      line = indent;
      fresh = true;
    }
    if (!fresh) line += ' ';
    line += word;
    fresh = false;
  }
  return out + line + '\n';
}

std::string said(const Said& said, std::string_view key) {
  const auto found = said.find(key);
  return found == said.end() ? std::string() : found->second;
}

// "Blackpool (council:E06000009), as at 2025-08-12: raised"
std::string about(const Packet& packet) {
  std::string out = fmt::format("{} of {}", packet.rule, packet.subject);
  const auto place = packet.outcome();
  if (!place) return out;
  const Said& row = packet.block.said[*place];
  const std::string value = said(row, "value");
  out = fmt::format("{} of {} ({}), as at {}: {}", packet.rule, said(row, "name"), packet.subject, said(row, "as_at"),
                    value.empty() ? said(row, "status") : value);
  if (const Entry* run = packet.entry(packet.run_entry)) out += fmt::format(", known on {}", run->get("known_on"));
  return out;
}

}  // namespace

void Checks::holds(std::string sentence) { findings_.push_back({FindingKind::Holds, std::move(sentence), {}}); }
void Checks::remark(std::string sentence) { findings_.push_back({FindingKind::Remark, std::move(sentence), {}}); }
void Checks::fails(std::string sentence, std::optional<std::uint64_t> entry) {
  findings_.push_back({FindingKind::Fails, std::move(sentence), entry});
}

const std::string& moment_of(const Entry& entry) {
  for (const char* key : {"recorded_at", "imported_at", "run_at"})
    if (const std::string& moment = entry.get(key); !moment.empty()) return moment;
  return entry.get("created_at");
}

std::optional<std::uint64_t> number_in(const std::string& text) {
  std::uint64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<Digest> digest_in(const std::string& text) {
  const auto digest = Digest::parse(text);
  return digest && digest->to_string() == text ? digest : std::nullopt;
}

std::string counted(std::size_t count, std::string_view what) {
  if (count == 1) return fmt::format("1 {}", what);
  const std::string_view stem = what.substr(0, what.size() - 1);
  if (what.ends_with("ry")) return fmt::format("{} {}ies", count, stem);
  return fmt::format("{} {}{}", count, what, what.ends_with('h') ? "es" : "s");
}

std::string ranges_of(const std::vector<std::uint64_t>& numbers) {
  std::string out;
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t last = i;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    out += fmt::format("{}{}", out.empty() ? "" : ",", numbers[i]);
    if (last > i) out += fmt::format("-{}", numbers[last]);
    i = last + 1;
  }
  return out;
}

bool Report::holds() const {
  return packet && std::none_of(findings.begin(), findings.end(),
                                [](const Finding& finding) { return finding.kind == FindingKind::Fails; });
}

std::optional<std::uint64_t> Report::first_bad_entry() const {
  std::optional<std::uint64_t> first;
  for (const Finding& finding : findings)
    if (finding.kind == FindingKind::Fails && finding.entry)
      first = std::min(first.value_or(*finding.entry), *finding.entry);
  return first;
}

Report verify(std::string_view bytes, const Trusted& trusted) {
  Report report;
  auto read = read_packet(bytes);
  if (const auto* fault = std::get_if<std::string>(&read)) {
    report.findings.push_back({FindingKind::Fails, fmt::format("The packet cannot be read: {}.", *fault), {}});
    return report;
  }
  report.packet = std::move(std::get<Packet>(read));
  Checks checks(*report.packet, trusted, report.findings);
  checks.checkpoint();
  checks.leaves();
  checks.witnesses();
  checks.entries();
  checks.kept();
  checks.policy();
  checks.run();
  checks.rulesets();
  checks.outcome();
  checks.rows();
  checks.explanation();
  checks.made();
  checks.derived();
  return report;
}

std::string in_words(const Report& report) {
  std::string out;
  if (report.packet) out += lines("", about(*report.packet)) + '\n';
  for (const Finding& finding : report.findings) {
    const char* verdict = finding.kind == FindingKind::Holds   ? "holds   "
                          : finding.kind == FindingKind::Fails ? "NOT     "
                                                               : "note    ";
    out += lines(verdict, finding.sentence);
  }
  const auto entry = report.first_bad_entry();
  out += '\n';
  if (report.holds())
    out += "This packet holds.\n";
  else
    out += lines(
        "", entry ? fmt::format("This packet does not hold, from entry {}.", *entry) : "This packet does not hold.");
  out += lines("", "It cannot show that a document was true, nor that what was never recorded did not exist.");
  if (report.packet)
    out += lines("",
                 "It cannot show who holds the key, unless you were told the key elsewhere, nor that no other log was "
                 "kept beside this one, unless a witness or a checkpoint that you kept says so.");
  return out;
}

}  // namespace assay::verifier
