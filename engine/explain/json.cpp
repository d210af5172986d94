// The machine form of an explanation: canonical JSON, each step once, keys ascending (docs/formats/explanation.md). The
// bytes are hashed: what is in them and how it is written changes only with the version. What a clock wrote, and free
// notes that may be redacted, stay out. A run makes thousands of these, so the keys stand here ready written and in
// their order, which JsonWriter would check one by one; a test does instead.
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "engine/explain/explanation.h"
#include "engine/explain/words.h"
#include "evidence/core/canonical_json.h"

namespace assay {

namespace {

constexpr std::string_view kFormat = "assay.explanation/1";

std::string_view to_string(ProofStep::Kind kind) {
  switch (kind) {
    case ProofStep::Kind::Rule:
      return "rule";
    case ProofStep::Kind::Condition:
      return "condition";
    case ProofStep::Kind::Comparison:
      return "comparison";
    case ProofStep::Kind::Aggregate:
      return "aggregate";
    case ProofStep::Kind::Member:
      return "member";
    case ProofStep::Kind::Consecutive:
      return "consecutive";
    case ProofStep::Kind::Exception:
      return "exception";
    case ProofStep::Kind::Criterion:
      return "criterion";
    case ProofStep::Kind::Stage:
      return "stage";
    case ProofStep::Kind::Evidence:
      return "evidence";
    case ProofStep::Kind::Row:
      return "row";
    case ProofStep::Kind::Absence:
      return "absence";
    case ProofStep::Kind::Parameter:
      return "parameter";
    case ProofStep::Kind::Amount:
      return "amount";
    case ProofStep::Kind::Method:
      return "method";
    case ProofStep::Kind::TableRow:
      return "table_row";
  }
  return {};
}

// Needs escaping: quote, backslash, control characters.
bool is_plain(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; });
}

class StepWriter {
 public:
  StepWriter(std::string& out, const Explanation& explanation) : out_(out), explanation_(explanation) {}
  void step(std::size_t id);

 private:
  void open() { out_ += '{'; }
  void close() { out_ += '}'; }
  // `key` is written with its quotes and colon. Of an object only the first key has no comma before it.
  void key(std::string_view key) {
    if (out_.back() != '{') out_ += ',';
    out_ += key;
  }
  void text(std::string_view value);
  void number(std::int64_t value);
  void date(Date date);
  void date(const ImpreciseDate& day) {
    if (day.exact()) return date(day.first);
    text(day.to_string());
  }
  // Empty members are left out.
  void field(std::string_view name, std::string_view value) {
    if (!value.empty()) key(name), text(value);
  }
  void texts(std::string_view name, const std::vector<std::string>& values);
  void digest(std::string_view name, const Digest& digest);
  void whose(const ProofStep& step);
  void absence(const Absence& absence);
  void leaf(const EvidenceLeaf& leaf);
  void parameter(const ParameterLeaf& parameter);

  std::string& out_;
  const Explanation& explanation_;
};

void StepWriter::text(std::string_view value) {
  if (!is_plain(value)) return append_json_text(out_, value);
  out_ += '"';
  out_ += value;
  out_ += '"';
}

void StepWriter::number(std::int64_t value) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out_.append(digits.data(), end);
}

void StepWriter::date(Date date) {
  const Date::Ymd ymd = date.ymd();
  const auto digit = [](int value) { return static_cast<char>('0' + value % 10); };
  const char iso[] = {'"',
                      digit(ymd.year / 1000),
                      digit(ymd.year / 100),
                      digit(ymd.year / 10),
                      digit(ymd.year),
                      '-',
                      digit(ymd.month / 10),
                      digit(ymd.month),
                      '-',
                      digit(ymd.day / 10),
                      digit(ymd.day),
                      '"'};
  out_.append(iso, sizeof iso);
}

void StepWriter::texts(std::string_view name, const std::vector<std::string>& values) {
  if (values.empty()) return;
  key(name);
  char before = '[';
  for (const std::string& value : values) {
    out_ += std::exchange(before, ',');
    text(value);
  }
  out_ += ']';
}

void StepWriter::digest(std::string_view name, const Digest& digest) {
  static constexpr char kHex[] = "0123456789abcdef";
  key(name);
  out_ += "\"sha256:";
  for (std::uint8_t byte : digest.bytes) {
    out_ += kHex[byte >> 4];
    out_ += kHex[byte & 15u];
  }
  out_ += '"';
}

void StepWriter::absence(const Absence& absence) {
  key("\"absence\":");
  open();
  field("\"detail\":", absence.detail);
  field("\"field\":", absence.field);
  key("\"on\":");
  date(absence.on);
  field("\"reason\":", to_string(absence.kind));
  field("\"subject\":", absence.subject);
  close();
}

void StepWriter::leaf(const EvidenceLeaf& leaf) {
  key("\"leaf\":");
  open();
  if (leaf.row != 0) digest("\"digest\":", leaf.digest);
  field("\"document\":", leaf.document);
  field("\"field\":", leaf.field);
  field("\"part\":", to_string(leaf.part));
  field("\"place\":", leaf.place);
  field("\"recorded_by\":", leaf.recorded_by);
  key("\"recorded_on\":");
  date(leaf.recorded_on);
  if (leaf.row != 0) key("\"row\":"), number(leaf.row);
  field("\"source\":", leaf.source);
  key("\"valid_from\":");
  date(leaf.valid_from);
  if (leaf.valid_to) key("\"valid_to\":"), date(*leaf.valid_to);
  key("\"value\":");
  text(leaf.value);
  close();
}

void StepWriter::parameter(const ParameterLeaf& parameter) {
  key("\"parameter\":");
  open();
  field("\"basis\":", parameter.basis);
  texts("\"cites\":", parameter.cites);
  key("\"from\":");
  date(parameter.from);
  field("\"name\":", parameter.name);
  field("\"remark\":", parameter.remark);
  if (parameter.to) key("\"to\":"), date(*parameter.to);
  close();
}

// Said where it is not the outcome's own subject.
void StepWriter::whose(const ProofStep& step) {
  const ProofStep& root = explanation_.steps[explanation_.root.index];
  if (&step != &root && step.subject == root.subject) return;
  field("\"subject\":", step.subject);
  field("\"subject_name\":", step.subject_name);
}

void StepWriter::step(std::size_t id) {
  const ProofStep& step = explanation_.steps[id];
  open();
  if (step.absence) absence(*step.absence);
  field("\"action\":", step.action);
  texts("\"aims\":", step.aims);
  texts("\"answers_to\":", step.answers_to);
  field("\"basis\":", step.basis);
  if (!step.children.empty()) {
    key("\"children\":");
    char before = '[';
    for (StepId child : step.children) {
      out_ += std::exchange(before, ',');
      number(child.index);
    }
    out_ += ']';
  }
  texts("\"cites\":", step.cites);
  field("\"edition\":", step.edition);
  key("\"id\":");
  number(static_cast<std::int64_t>(id));
  field("\"kind\":", to_string(step.kind));
  if (step.leaf) leaf(*step.leaf);
  texts("\"marks\":", step.marks);
  field("\"note\":", step.note);
  if (step.on != explanation_.as_at) key("\"on\":"), date(step.on);
  if (step.parameter) parameter(*step.parameter);
  field("\"place\":", step.place);
  if (step.proof) digest("\"proof\":", *step.proof);
  field("\"remark\":", step.remark);
  field("\"result\":", step.result);
  field("\"rule\":", step.rule);
  field("\"sentence\":", step.sentence);
  whose(step);
  field("\"title\":", step.title);
  field("\"words\":", step.words);
  close();
}

}  // namespace

std::string to_json(const Explanation& explanation) {
  constexpr std::size_t kPerStep = 512;
  std::string out;
  out.reserve(explanation.steps.size() * kPerStep + kPerStep);
  // Who approved the ruleset is in the trail and may come later; saying nothing would read as approved.
  out += "{\"approval\":\"not part of this\",\"as_at\":\"" + explanation.as_at.to_string() + "\",\"format\":\"";
  out += kFormat;
  out += "\",\"known_on\":\"" + explanation.known_on.to_string() +
         "\",\"root\":" + std::to_string(explanation.root.index) + ",\"steps\":[";
  StepWriter writer(out, explanation);
  for (std::size_t id = 0; id < explanation.steps.size(); ++id) {
    if (id > 0) out += ',';
    writer.step(id);
  }
  out += "]}";
  return out;
}

Digest digest_of(const Explanation& explanation) { return sha256(to_json(explanation)); }

}  // namespace assay
