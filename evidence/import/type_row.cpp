// Rows of text, typed. The rules of the tidy layout stand here, one function each.
#include "evidence/import/type_row.h"

#include <fmt/format.h>

#include "evidence/core/text.h"

namespace assay {

namespace {

constexpr std::string_view kMindedTo = "minded to ";
constexpr std::string_view kToBeConfirmed = "tbc";  // of a date
constexpr std::size_t kLongestText = 20'000;        // of a text or a note
constexpr std::size_t kDatesKept = 1024;            // nearly three years next to each other

// Cheap and nearly always no: whether the value can be one of the words that say something about the row.
bool may_be_word(std::string_view value) {
  return value.size() <= std::string_view("not applicable").size() && value.front() >= 'c' && value.front() <= 'w';
}

}  // namespace

RowTyper::FieldUse::FieldUse(const FieldDef& field, const KindDef& of, std::uint32_t catalogue_number, Catalogue& names)
    : def(&field),
      kind(&of),
      number(catalogue_number),
      is_register(field.name == of.name + ".register"),
      is_alias(field.name == of.name + ".alias"),
      values(field.type, catalogue_number, names) {}

RowTyper::RowTyper(const Schema& schema, Catalogue& catalogue, RowDefaults defaults)
    : schema_(&schema),
      catalogue_(&catalogue),
      defaults_(std::move(defaults)),
      subjects_(schema, catalogue),
      dates_(kDatesKept) {}

bool RowTyper::refuse(Column column, Error error) {
  fault_ = std::move(error);
  fault_column_ = column;
  return false;
}

bool RowTyper::refuse(Column column, std::string message, std::string help) {
  return refuse(column, Error{ErrorCode::BadInput, std::move(message), {}, std::move(help)});
}

bool RowTyper::type(const RowText& text, TypedRow& row) {
  row.number = 0;
  row.has_text = false;
  row.text.clear();
  row.standing = Standing::Held;
  const std::string_view name = text[Column::Field];
  if (field_ == nullptr || name != last_field_) {
    field_ = next_field(name);
    if (field_ == nullptr) return false;
    last_field_ = name;
  }
  FieldUse& field = *field_;
  row.field = field.number;
  if (!read_subject(text[Column::Subject], field, row)) return false;
  if (!read_standing(text, field, row) || !read_dates(text, field, row) || !fits_role(text, field, row)) return false;
  if (!read_origin(text, field, row) || !read_supersedes(trimmed(text[Column::Supersedes]), row)) return false;
  if (row.standing == Standing::Withdrawn && row.supersedes == 0) {
    return refuse(Column::Supersedes, "a withdrawal does not say which row it withdraws",
                  "give the row's number in the column `supersedes`");
  }
  return !(field.is_register || field.is_alias) || learn_names(field, row);
}

// A waiver says whose it is, why and until when; a release whose it is and to whom.
bool RowTyper::fits_role(const RowText& text, const FieldUse& field, const TypedRow& row) {
  const FieldRole role = field.def->role;
  if (role == FieldRole::Evidence || row.standing == Standing::Withdrawn) return true;
  const bool waiver = role == FieldRole::Waiver;
  if (row.standing != Standing::Held) {
    return refuse(Column::Content, waiver ? "the waiver does not say why" : "the release does not say to whom",
                  waiver ? "give the reason in `value`"
                         : fmt::format("write `{}`, or the owner or name of a ruleset", kReleasedToAnyone));
  }
  if (trimmed(text[Column::Source]).empty() && defaults_.source.empty()) {
    return refuse(Column::Source, fmt::format("the {} does not say whose it is", waiver ? "waiver" : "release"),
                  "give a name in `source`, or with --source");
  }
  if (!waiver || row.valid_to != TypedRow::kNoDate) return true;
  return refuse(Column::ValidTo, "the waiver does not say until when", "give its last day in `valid_to`");
}

RowTyper::FieldUse* RowTyper::next_field(std::string_view name) {
  if (field_ != nullptr && field_->next != nullptr && field_->next_name == name) return field_->next;
  FieldUse* const found = find_field(name);
  if (field_ != nullptr && found != nullptr) {
    field_->next_name = name;
    field_->next = found;
  }
  return found;
}

RowTyper::FieldUse* RowTyper::find_field(std::string_view name) {
  if (const auto known = field_by_name_.find(trimmed(name)); known != field_by_name_.end()) return known->second;
  const std::string key(trimmed(name));
  const auto id = schema_->find_field(key);
  if (!id) {
    std::vector<std::string> names;
    for (const FieldDef& field : schema_->fields()) {
      names.push_back(field.name);
      if (field.code) names.push_back(*field.code);
    }
    const auto near = near_name(shown_text(key), names);
    refuse(Column::Field,
           key.empty() ? "the row names no field" : fmt::format("the rules have no field `{}`", shown_text(key)),
           near ? fmt::format("did you mean `{}`?", *near) : "write its name in full, or its published code");
    return nullptr;
  }
  const FieldDef& def = schema_->field(*id);
  for (const auto& use : fields_) {  // the same field by its other name
    if (use->def == &def) return field_by_name_[key] = use.get();
  }
  const Result<std::uint32_t> number = catalogue_->field(def, *schema_);
  if (!number) {
    refuse(Column::Field, number.error());
    return nullptr;
  }
  fields_.push_back(std::make_unique<FieldUse>(def, schema_->kind(def.kind), *number, *catalogue_));
  return field_by_name_[key] = fields_.back().get();
}

bool RowTyper::read_subject(std::string_view name, const FieldUse& field, TypedRow& row) {
  if (subject_ == 0 || name != last_subject_) {
    subject_ = catalogue_->find_subject(name);
    if (subject_ == 0) {
      const std::string_view cell = trimmed(name);
      if (cell.empty())
        return refuse(Column::Subject, "the row names no subject", "write kind and code, as in council:E06000014");
      const auto found = field.is_register ? subjects_.find_or_add(cell) : subjects_.find(cell);
      if (!found) return refuse(Column::Subject, found.error());
      subject_ = *found;
    }
    last_subject_ = name;
  }
  row.subject = subject_;
  const std::string_view kind = catalogue_->subjects()[subject_].kind;
  if (kind == field.kind->name) return true;
  return refuse(Column::Field, fmt::format("`{}` is evidence of kind {}, and `{}` is of kind {}", field.def->name,
                                           field.kind->name, shown_text(name), kind));
}

bool RowTyper::read_standing(const RowText& text, FieldUse& field, TypedRow& row) {
  const std::string_view value = trimmed(text[Column::Content]);
  if (text.standing) {
    row.standing = *text.standing;
    if (row.standing != Standing::NotApplicable || field.def->may_not_apply) return true;
    row.standing = Standing::NotAvailable;  // the note keeps what was published
    return true;
  }
  if (value.empty()) {
    row.standing = Standing::NotAvailable;
    if (!field.is_register && !field.is_alias) return true;
    if (!field.kind->relation)
      return refuse(Column::Content, fmt::format("the row gives no {}", field.is_register ? "name" : "other name"));
    row.standing = Standing::Held;  // a link needs no name but its two ends
    row.has_text = true;
    row.text = catalogue_->subjects()[row.subject].code;
    return true;
  }
  if (field.def->is_stage) return read_decision(value, field, row);
  if (!may_be_word(value) || field.values.has_label(value)) return read_value(text, field, row);
  if (value == "complete") {
    row.standing = Standing::Complete;
  } else if (value == "withdrawn") {
    row.standing = Standing::Withdrawn;
  } else if (value == "not applicable") {
    row.standing = Standing::NotApplicable;
    if (field.def->may_not_apply) return true;
    return refuse(Column::Content, fmt::format("`{}` may not be recorded as not applicable", field.def->name),
                  "leave the value empty and say why in `note`, or let the rules say `may not apply`");
  } else {
    return read_value(text, field, row);
  }
  return true;
}

// A stage is a decision: made, ended, or announced as "minded to".
bool RowTyper::read_decision(std::string_view value, FieldUse& field, TypedRow& row) {
  if (!field.values.has_label(value)) {
    if (value == "ended") {
      row.standing = Standing::Ended;
      return true;
    }
    if (value == "withdrawn" || value == "complete") {
      row.standing = value == "complete" ? Standing::Complete : Standing::Withdrawn;
      return true;
    }
    if (value.starts_with(kMindedTo)) {
      row.standing = Standing::MindedTo;
      value.remove_prefix(kMindedTo.size());
    }
  }
  const Result<void> read = field.values.read(trimmed(value), row);
  return read ? true : refuse(Column::Content, read.error());
}

bool RowTyper::read_value(const RowText& text, FieldUse& field, TypedRow& row) {
  const std::string_view value = trimmed(text[Column::Content]);
  if (value.size() > kLongestText) {
    return refuse(Column::Content, fmt::format("the text is {} bytes long, more than {}", value.size(), kLongestText),
                  "record where it stands, and only what the rules need");
  }
  const Result<void> read = field.values.read(value, row);
  if (read) return true;
  if (field.def->type.kind == TypeKind::Date && lower_case(value) == kToBeConfirmed) {
    row.standing = Standing::NotAvailable;
    return true;
  }
  return refuse(Column::Content, read.error());
}

// A register row's name and an alias can be used for the subject from the next row on.
bool RowTyper::learn_names(const FieldUse& field, const TypedRow& row) {
  if (!row.has_text) return true;
  if (field.is_alias) {
    const std::uint32_t other = catalogue_->find_subject(field.kind->name, row.text);
    if (other != 0 && other != row.subject) {
      return refuse(Column::Content,
                    fmt::format("`{}` is the code of another {}", shown_text(row.text), field.kind->name));
    }
  }
  if (row.text != catalogue_->subjects()[row.subject].code) catalogue_->add_alias(row.subject, row.text);
  return true;
}

}  // namespace assay
