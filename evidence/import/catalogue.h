// The names a store knows, each with its small number: subjects, fields, labels, sources, documents. Filled by the
// store, extended by an importer, and written back with the rows in the same transaction. Holds no rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "evidence/core/result.h"
#include "evidence/core/schema.h"
#include "evidence/import/text_index.h"

namespace assay {

// How a field's values are kept. DO NOT CHANGE THE NUMBERS: they stand in stores.
enum class Storage : std::uint8_t { YesNo = 0, Number = 1, Date = 2, Label = 3, Text = 4 };
Storage storage_of(TypeKind kind);
// Decimal places of `number` for a type: 0 for whole, score and durations, 6 for decimal, percent, points and money.
int stored_places(TypeKind kind);

// Lets a table keyed by strings be asked with a view.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

class Catalogue {
 public:
  // Number 0 means "none" throughout; real ones start at 1, in the order of being added.
  // Views live as long as the catalogue, or until the subject is forgotten.
  struct SubjectEntry {
    std::string_view kind, code;
    std::uint32_t from = 0, to = 0;
  };
  struct FieldEntry {
    std::string name, kind;
    Storage storage;
    std::uint8_t places;
  };
  struct LabelEntry {
    std::uint32_t field;
    std::string name;
  };

  // A place to go back to: an import that fails leaves no name behind.
  struct Mark {
    std::size_t subjects, fields, labels, sources, documents, aliases;
  };

  std::uint32_t find_subject(std::string_view kind, std::string_view code) const;  // exact code
  std::uint32_t find_subject(std::string_view name) const;                         // "council:E06000014", exact code
  // By another code or spelling, case set aside; 0 when none or when two subjects share it.
  std::uint32_t find_alias(std::string_view kind, std::string_view alias) const;
  bool alias_is_shared(std::string_view kind, std::string_view alias) const;
  std::uint32_t add_subject(std::string_view kind, std::string_view code, std::uint32_t from = 0, std::uint32_t to = 0);
  // Every name in a "<kind>.register" row and every value of an "<kind>.alias" row is added here, by the importer when
  // it reads the row and by the store when it loads.
  void add_alias(std::uint32_t subject, std::string_view alias);
  std::uint32_t find_field(std::string_view name) const;
  // The field's number; WrongUse when the store holds it with another storage or kind.
  Result<std::uint32_t> field(const FieldDef& def, const Schema& schema);
  std::uint32_t label(std::uint32_t field, std::string_view name);
  std::uint32_t source(std::string_view name);
  std::uint32_t document(std::string_view title);

  const std::vector<SubjectEntry>& subjects() const {
    return subjects_;
  }  // [0] is a stand-in for "none", here and below
  const std::vector<FieldEntry>& fields() const { return fields_; }
  const std::vector<LabelEntry>& labels() const { return labels_; }
  const std::vector<std::string>& sources() const { return sources_; }
  const std::vector<std::string>& documents() const { return documents_; }
  // For near names: codes and spellings of a kind.
  std::vector<std::string> subject_names(std::string_view kind) const;

  // For the store, when it loads.
  std::uint32_t load_field(FieldEntry entry);

  Mark mark() const;
  void roll_back(const Mark& mark);  // forgets every name added since

  Catalogue();

 private:
  using Index = std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>>;
  struct AliasEntry {
    std::uint32_t subject;
    std::string_view text;
  };
  bool index_alias(std::string_view folded, std::uint32_t subject);

  std::vector<SubjectEntry> subjects_;
  std::vector<FieldEntry> fields_;
  std::vector<LabelEntry> labels_;
  std::vector<std::string> sources_, documents_;
  std::vector<AliasEntry> aliases_;
  TextArena alias_texts_;
  TextIndex subject_index_;  // "kind:code"
  TextIndex alias_index_;    // "kind:" and the spelling, folded; kShared where two subjects have it
  Index field_index_, label_index_, source_index_, document_index_;
};

}  // namespace assay
