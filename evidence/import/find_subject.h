// Finds the subject a cell names: by its code, by another code or spelling, or, for a relation, by its two ends. A
// register row may bring a new one into being.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "evidence/core/result.h"
#include "evidence/core/schema.h"
#include "evidence/import/catalogue.h"

namespace assay {

class SubjectFinder {
 public:
  SubjectFinder(const Schema& schema, Catalogue& catalogue) : schema_(&schema), catalogue_(&catalogue) {}

  // "council:E06000014", "council:York", "membership:E06000009>QE1". BadInput, with the near name, when there is none.
  Result<std::uint32_t> find(std::string_view name);
  // The same for a register row: a subject not known yet is added. A relation's ends must be known.
  Result<std::uint32_t> find_or_add(std::string_view name);

 private:
  struct Name {
    KindId kind;
    std::string code;
    std::uint32_t from = 0, to = 0;  // of a relation
  };
  Result<Name> read(std::string_view name) const;
  Result<std::uint32_t> find_end(KindId kind, std::string_view code) const;
  Error unknown(KindId kind, std::string_view code) const;
  Result<void> check_new_code(const Name& name) const;

  const Schema* schema_;
  Catalogue* catalogue_;
};

}  // namespace assay
