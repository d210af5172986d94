// Kinds and fields by place and by name.
#include "evidence/core/schema.h"

#include <utility>

namespace assay {

KindId Schema::add_kind(KindDef kind) {
  const KindId id{static_cast<std::uint32_t>(kinds_.size())};
  FieldDef in_being{.name = kind.name + ".register", .kind = id, .title = "Register"};
  in_being.type.kind = TypeKind::Text;
  FieldDef alias{.name = kind.name + ".alias", .kind = id, .title = "Other name or code"};
  alias.type.kind = TypeKind::Text;
  kinds_.push_back(std::move(kind));
  kinds_.back().register_field = add_field(std::move(in_being));
  kinds_.back().alias_field = add_field(std::move(alias));
  return id;
}

FieldId Schema::add_field(FieldDef field) {
  const FieldId id{static_cast<std::uint32_t>(fields_.size())};
  // The first of two fields with one name answers to it; the rules' checker refuses the second.
  field_by_name_.try_emplace(field.name, id);
  if (field.code) field_by_code_.try_emplace(*field.code, id);
  fields_.push_back(std::move(field));
  return id;
}

std::optional<KindId> Schema::find_kind(std::string_view name) const {
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    if (kinds_[i].name == name) return KindId{static_cast<std::uint32_t>(i)};
  }
  return std::nullopt;
}

std::optional<FieldId> Schema::find_field(std::string_view name_or_code) const {
  if (const auto by_name = field_by_name_.find(name_or_code); by_name != field_by_name_.end()) return by_name->second;
  if (const auto by_code = field_by_code_.find(name_or_code); by_code != field_by_code_.end()) return by_code->second;
  return std::nullopt;
}

std::optional<SubjectName> split_subject(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) return std::nullopt;
  return SubjectName{std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
}

std::string link_code(std::string_view from_code, std::string_view to_code) {
  std::string code;
  code.reserve(from_code.size() + to_code.size() + 1);
  return code.append(from_code).append(1, '>').append(to_code);
}

}  // namespace assay
