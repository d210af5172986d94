// The names a store knows, each with its small number. Names are only ever added, except when a failed import is
// undone.
#include "evidence/import/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "evidence/core/check.h"
#include "evidence/core/text.h"

namespace assay {

namespace {

constexpr std::uint32_t kShared = std::numeric_limits<std::uint32_t>::max();

// What two spellings must share to be one name: case and the spaces around it set aside, Unicode's normal form.
// Until the next call on this thread.
std::string_view fold(std::string_view kind, std::string_view spelling) {
  thread_local std::string key;
  key.assign(kind).append(1, ':');
  spelling = trim(spelling);
  const bool ascii = std::none_of(spelling.begin(), spelling.end(), [](char c) { return (c & 0x80) != 0; });
  const std::size_t from = key.size();
  if (ascii) {
    key += spelling;
  } else {
    key += to_nfc(spelling);
  }
  for (std::size_t i = from; i < key.size(); ++i) {
    if (key[i] >= 'A' && key[i] <= 'Z') key[i] = static_cast<char>(key[i] - 'A' + 'a');
  }
  return key;
}

std::string_view storage_name(Storage storage) {
  switch (storage) {
    case Storage::YesNo:
      return "yes or no";
    case Storage::Number:
      return "a number";
    case Storage::Date:
      return "a date";
    case Storage::Label:
      return "a choice";
    case Storage::Text:
      return "text";
  }
  return "";
}

template <class Entries, class Index, class KeyOf>
void forget(Entries& entries, std::size_t keep, Index& index, KeyOf key_of) {
  for (std::size_t i = keep; i < entries.size(); ++i) index.erase(key_of(entries[i]));
  entries.resize(keep);
}

template <class Index>
std::uint32_t number_of(std::vector<std::string>& names, Index& index, std::string_view name) {
  if (const auto found = index.find(name); found != index.end()) return found->second;
  const auto number = static_cast<std::uint32_t>(names.size());
  names.emplace_back(name);
  index.emplace(name, number);
  return number;
}

std::string label_key(std::uint32_t field, std::string_view name) { return fmt::format("{}:{}", field, name); }

}  // namespace

Storage storage_of(TypeKind kind) {
  switch (kind) {
    case TypeKind::YesNo:
    case TypeKind::Event:
      return Storage::YesNo;
    case TypeKind::Date:
      return Storage::Date;
    case TypeKind::Choice:
    case TypeKind::Scale:
      return Storage::Label;
    case TypeKind::Text:
      return Storage::Text;
    case TypeKind::Whole:
    case TypeKind::Number:
    case TypeKind::Percent:
    case TypeKind::Points:
    case TypeKind::Money:
    case TypeKind::Days:
    case TypeKind::Months:
    case TypeKind::Score:
      return Storage::Number;
  }
  return Storage::Text;
}

int stored_places(TypeKind kind) {
  switch (kind) {
    case TypeKind::Number:
    case TypeKind::Percent:
    case TypeKind::Points:
    case TypeKind::Money:
      return 6;
    default:
      return 0;
  }
}

Catalogue::Catalogue() : subjects_(1), fields_(1), labels_(1), sources_(1), documents_(1) {}

std::uint32_t Catalogue::find_subject(std::string_view name) const { return subject_index_.find(name); }

std::uint32_t Catalogue::find_subject(std::string_view kind, std::string_view code) const {
  thread_local std::string name;  // kept, so that a look-up allocates nothing
  name.assign(kind).append(1, ':').append(code);
  return find_subject(name);
}

std::uint32_t Catalogue::find_alias(std::string_view kind, std::string_view alias) const {
  const std::uint32_t found = alias_index_.find(fold(kind, alias));
  return found == kShared ? 0 : found;
}

bool Catalogue::alias_is_shared(std::string_view kind, std::string_view alias) const {
  return alias_index_.find(fold(kind, alias)) == kShared;
}

std::uint32_t Catalogue::add_subject(std::string_view kind, std::string_view code, std::uint32_t from,
                                     std::uint32_t to) {
  const auto number = static_cast<std::uint32_t>(subjects_.size());
  thread_local std::string name;
  name.assign(kind).append(1, ':').append(code);
  const TextIndex::Found found = subject_index_.find_or_add(name, number);
  if (found.added) {
    subjects_.push_back({found.key.substr(0, kind.size()), found.key.substr(kind.size() + 1), from, to});
  }
  return found.number;
}

// Whether the spelling was not yet this subject's.
bool Catalogue::index_alias(std::string_view folded, std::uint32_t subject) {
  const TextIndex::Found found = alias_index_.find_or_add(folded, subject);
  if (found.added) return true;
  if (found.number == subject) return false;
  if (found.number != kShared) alias_index_.set(folded, kShared);
  return true;
}

void Catalogue::add_alias(std::uint32_t subject, std::string_view alias) {
  CHECK(subject > 0 && subject < subjects_.size());
  const std::string_view text = trim(alias);
  if (text.empty() || !index_alias(fold(subjects_[subject].kind, text), subject)) return;
  aliases_.push_back({subject, alias_texts_.keep(text)});
}

std::uint32_t Catalogue::find_field(std::string_view name) const {
  const auto found = field_index_.find(name);
  return found == field_index_.end() ? 0 : found->second;
}

Result<std::uint32_t> Catalogue::field(const FieldDef& def, const Schema& schema) {
  const std::string& kind = schema.kind(def.kind).name;
  const Storage storage = storage_of(def.type.kind);
  if (const std::uint32_t known = find_field(def.name)) {
    const FieldEntry& held = fields_[known];
    if (held.kind != kind) {
      return fail(ErrorCode::WrongUse,
                  fmt::format("the store holds `{}` of {}, the rules declare it of {}", def.name, held.kind, kind), {},
                  "give the evidence in the rules another name");
    }
    if (held.storage != storage || held.places != stored_places(def.type.kind)) {
      return fail(ErrorCode::WrongUse,
                  fmt::format("the store holds `{}` as {}, the rules declare {}", def.name, storage_name(held.storage),
                              describe(def.type)),
                  {}, "give the evidence in the rules another name");
    }
    return known;
  }
  return load_field({def.name, kind, storage, static_cast<std::uint8_t>(stored_places(def.type.kind))});
}

std::uint32_t Catalogue::load_field(FieldEntry entry) {
  const auto number = static_cast<std::uint32_t>(fields_.size());
  field_index_.emplace(entry.name, number);
  fields_.push_back(std::move(entry));
  return number;
}

std::uint32_t Catalogue::label(std::uint32_t field, std::string_view name) {
  const auto number = static_cast<std::uint32_t>(labels_.size());
  const auto [entry, fresh] = label_index_.try_emplace(label_key(field, name), number);
  if (fresh) labels_.push_back({field, std::string(name)});
  return entry->second;
}

std::uint32_t Catalogue::source(std::string_view name) { return number_of(sources_, source_index_, name); }

std::uint32_t Catalogue::document(std::string_view title) { return number_of(documents_, document_index_, title); }

std::vector<std::string> Catalogue::subject_names(std::string_view kind) const {
  std::vector<std::string> names;
  for (std::size_t i = 1; i < subjects_.size(); ++i) {
    if (subjects_[i].kind == kind) names.emplace_back(subjects_[i].code);
  }
  for (const AliasEntry& alias : aliases_) {
    if (subjects_[alias.subject].kind == kind) names.emplace_back(alias.text);
  }
  return names;
}

Catalogue::Mark Catalogue::mark() const {
  return {subjects_.size(), fields_.size(), labels_.size(), sources_.size(), documents_.size(), aliases_.size()};
}

void Catalogue::roll_back(const Mark& mark) {
  // A spelling may have become shared, or stopped being so: those are counted anew.
  const bool aliases_changed = aliases_.size() != mark.aliases;
  if (aliases_changed) alias_index_ = TextIndex();
  aliases_.resize(mark.aliases);
  for (std::size_t i = mark.subjects; i < subjects_.size(); ++i) {
    // Kind and code are two parts of one text.
    const SubjectEntry& subject = subjects_[i];
    subject_index_.forget({subject.kind.data(), subject.kind.size() + 1 + subject.code.size()});
  }
  subjects_.resize(mark.subjects);
  forget(fields_, mark.fields, field_index_, [](const FieldEntry& f) { return f.name; });
  forget(labels_, mark.labels, label_index_, [](const LabelEntry& l) { return label_key(l.field, l.name); });
  forget(sources_, mark.sources, source_index_, [](const std::string& name) { return name; });
  forget(documents_, mark.documents, document_index_, [](const std::string& title) { return title; });
  if (!aliases_changed) return;
  for (const AliasEntry& alias : aliases_) {
    index_alias(fold(subjects_[alias.subject].kind, alias.text), alias.subject);
  }
}

}  // namespace assay
