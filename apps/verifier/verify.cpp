// The checks one after another, and their findings as sentences.
#include "apps/verifier/verify.h"

#include <algorithm>
#include <charconv>

#include "apps/verifier/checks.h"

namespace assay::verifier {

namespace {

constexpr std::size_t kColumns = 80;
constexpr std::string_view kAndMore = "And more of the like.";

// Marks that move what is shown, or hide it, are not shown: a text in a packet must not look like a verdict on it.
std::string visible(std::string_view text) {
  constexpr std::string_view kInstead = "\xef\xbf\xbd";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u; };
    const unsigned first = byte(i), second = byte(i + 1), third = byte(i + 2);
    const bool c0 = first < 0x20 || first == 0x7f, c1 = first == 0xc2 && second >= 0x80 && second < 0xa0;
    const bool turns = first == 0xe2 && ((second == 0x80 && (third == 0x8e || third == 0x8f)) ||
                                         (second == 0x80 && third >= 0xa8 && third <= 0xae) ||
                                         (second == 0x81 && third >= 0xa6 && third <= 0xa9));
    if (!c0 && !c1 && !turns) {
      out += text[i];
      continue;
    }
    out += kInstead;
    i += c1 ? 1 : turns ? 2 : 0;
  }
  return out;
}

// Words on lines; `first` stands before the first, blanks before the others.
std::string lines(const std::string& first, std::string_view said) {
  const std::string shown = visible(said);
  std::string_view text = shown;
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

// Of more than anybody reads only the first are said.
void Checks::add(FindingKind kind, std::string sentence, std::optional<std::uint64_t> entry) {
  constexpr std::size_t kSaidMax = 1000;
  if (findings_.size() < kSaidMax || kind == FindingKind::Holds)
    return findings_.push_back({kind, std::move(sentence), entry});
  Finding& last = findings_.back();
  const bool first = last.sentence != kAndMore;
  if (first) findings_.push_back({kind, std::string(kAndMore), entry});
  if (first || kind != FindingKind::Fails) return;
  last.kind = kind;
  if (entry) last.entry = std::min(last.entry.value_or(*entry), *entry);
}

void Checks::holds(std::string sentence) { add(FindingKind::Holds, std::move(sentence), {}); }
void Checks::remark(std::string sentence) { add(FindingKind::Remark, std::move(sentence), {}); }
void Checks::fails(std::string sentence, std::optional<std::uint64_t> entry) {
  add(FindingKind::Fails, std::move(sentence), entry);
}

const Entry* Checks::entry(std::uint64_t index) const {
  const auto found = entries_.find(index);
  return found == entries_.end() ? nullptr : found->second;
}

const RedactedRow* Checks::redacted_of(const Row& row) const {
  const auto number = number_in(row.get("row"));
  const auto found = number ? redacted_.find(*number) : redacted_.end();
  return found == redacted_.end() ? nullptr : &found->second;
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

namespace {

bool any(const std::vector<Finding>& findings, FindingKind kind) {
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) { return finding.kind == kind; });
}

const char* column_of(FindingKind kind) {
  switch (kind) {
    case FindingKind::Holds:
      return "holds   ";
    case FindingKind::Fails:
      return "NOT     ";
    case FindingKind::Remark:
      return "note    ";
    case FindingKind::TooMuch:
      return "too big ";
  }
  return "";
}

}  // namespace

bool Report::holds() const {
  return packet && !any(findings, FindingKind::Fails) && !any(findings, FindingKind::TooMuch);
}

bool Report::given_up() const { return !any(findings, FindingKind::Fails) && any(findings, FindingKind::TooMuch); }

std::optional<std::uint64_t> Report::first_bad_entry() const {
  std::optional<std::uint64_t> first;
  for (const Finding& finding : findings)
    if (finding.kind == FindingKind::Fails && finding.entry)
      first = std::min(first.value_or(*finding.entry), *finding.entry);
  return first;
}

Report verify(std::string_view bytes, const Trusted& trusted) {
  Report report;
  if (bytes.size() > kPacketMax) {
    report.findings.push_back(
        {FindingKind::TooMuch,
         fmt::format("The packet was not read: it is {} bytes long, more than {}.", bytes.size(), kPacketMax),
         {}});
    return report;
  }
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
  for (const Finding& finding : report.findings) out += lines(column_of(finding.kind), finding.sentence);
  const auto entry = report.first_bad_entry();
  out += '\n';
  if (report.holds())
    out += "This packet holds.\n";
  else if (report.given_up())
    out += lines("", "Whether this packet holds was not established: it was not looked at in full.");
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
