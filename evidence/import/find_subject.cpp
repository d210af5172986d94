// Subjects by name.
#include "evidence/import/find_subject.h"

#include <fmt/format.h>

#include "evidence/core/text.h"
#include "evidence/import/read_value.h"

namespace assay {

namespace {

constexpr std::size_t kLongestCode = 100;

}  // namespace

Result<std::uint32_t> SubjectFinder::find(std::string_view name) {
  if (const std::uint32_t known = catalogue_->find_subject(name)) return known;
  const Result<Name> read_name = read(name);
  if (!read_name) return tl::unexpected<Error>(read_name.error());
  const KindDef& kind = schema_->kind(read_name->kind);
  if (const std::uint32_t known = catalogue_->find_subject(kind.name, read_name->code)) return known;
  if (!kind.relation) return find_end(read_name->kind, read_name->code);
  return fail(ErrorCode::BadInput,
              fmt::format("`{}` and `{}` are not joined by {}", catalogue_->subjects()[read_name->from].code,
                          catalogue_->subjects()[read_name->to].code, kind.name),
              {}, fmt::format("import a `{}.register` row for the two first", kind.name));
}

Result<std::uint32_t> SubjectFinder::find_or_add(std::string_view name) {
  if (const std::uint32_t known = catalogue_->find_subject(name)) return known;
  const Result<Name> read_name = read(name);
  if (!read_name) return tl::unexpected<Error>(read_name.error());
  const KindDef& kind = schema_->kind(read_name->kind);
  if (!kind.relation) {
    if (const std::uint32_t known = catalogue_->find_alias(kind.name, read_name->code)) return known;
  }
  if (const Result<void> good = check_new_code(*read_name); !good) return tl::unexpected<Error>(good.error());
  return catalogue_->add_subject(kind.name, read_name->code, read_name->from, read_name->to);
}

Result<SubjectFinder::Name> SubjectFinder::read(std::string_view name) const {
  const auto parts = split_subject(name);
  if (!parts) {
    return fail(ErrorCode::BadInput, fmt::format("`{}` does not say of what kind it is", shown_text(name)), {},
                "write kind and code, as in council:E06000014");
  }
  const auto kind = schema_->find_kind(parts->kind);
  if (!kind) {
    std::vector<std::string> kinds;
    for (const KindDef& known : schema_->kinds()) kinds.push_back(known.name);
    const auto near = near_name(parts->kind, kinds);
    return fail(ErrorCode::BadInput, fmt::format("the rules know no kind `{}`", shown_text(parts->kind)), {},
                near ? fmt::format("did you mean `{}`?", *near) : fmt::format("they know {}", join_words(kinds)));
  }
  const KindDef& def = schema_->kind(*kind);
  const std::string_view code = trim(parts->code);
  if (!def.relation) return Name{*kind, std::string(code), 0, 0};
  const std::size_t arrow = code.find('>');
  if (arrow == std::string_view::npos) {
    return fail(ErrorCode::BadInput, fmt::format("`{}` does not name both ends of {}", shown_text(code), def.name), {},
                fmt::format("write both codes, as in {}:E06000009>QE1", def.name));
  }
  const auto from = find_end(def.from, trim(code.substr(0, arrow)));
  if (!from) return tl::unexpected<Error>(from.error());
  const auto to = find_end(def.to, trim(code.substr(arrow + 1)));
  if (!to) return tl::unexpected<Error>(to.error());
  return Name{*kind, link_code(catalogue_->subjects()[*from].code, catalogue_->subjects()[*to].code), *from, *to};
}

Result<std::uint32_t> SubjectFinder::find_end(KindId kind, std::string_view code) const {
  const std::string& name = schema_->kind(kind).name;
  if (const std::uint32_t known = catalogue_->find_subject(name, code)) return known;
  if (const std::uint32_t known = catalogue_->find_alias(name, code)) return known;
  return tl::unexpected<Error>(unknown(kind, code));
}

Error SubjectFinder::unknown(KindId kind, std::string_view code) const {
  const std::string& name = schema_->kind(kind).name;
  if (catalogue_->alias_is_shared(name, code)) {
    return {ErrorCode::BadInput,
            fmt::format("`{}` is a name of more than one {}", code, name),
            {},
            "give the code instead"};
  }
  const std::vector<std::string> names = catalogue_->subject_names(name);
  Error error{ErrorCode::BadInput, fmt::format("no {} `{}` is known", name, shown_text(code)), {}, {}};
  if (const auto near = near_name(code.substr(0, kLongestCode), names)) {
    error.help = fmt::format("did you mean `{}`?", *near);
  } else if (names.empty()) {
    error.help = fmt::format("import the register of {} first", schema_->kind(kind).plural);
  } else {
    error.help = fmt::format("a new one takes a `{}.register` row before this", name);
  }
  return error;
}

Result<void> SubjectFinder::check_new_code(const Name& name) const {
  const KindDef& kind = schema_->kind(name.kind);
  if (kind.relation) return {};
  if (catalogue_->alias_is_shared(kind.name, name.code)) return tl::unexpected<Error>(unknown(name.kind, name.code));
  bool plain = name.code.size() <= kLongestCode;
  for (const char c : name.code) plain = plain && static_cast<unsigned char>(c) >= ' ' && c != '>' && c != '`';
  if (plain) return {};
  return fail(ErrorCode::BadInput, fmt::format("`{}` cannot be the code of a {}", shown_text(name.code), kind.name), {},
              "a code is one line of at most 100 characters without `>`");
}

}  // namespace assay
