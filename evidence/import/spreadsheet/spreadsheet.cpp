// One face for both formats, and a plain word for the files that are neither.
#include "evidence/import/spreadsheet/spreadsheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <variant>

#include "evidence/core/check.h"
#include "evidence/core/text.h"
#include "evidence/import/spreadsheet/archive.h"
#include "evidence/import/spreadsheet/ods.h"
#include "evidence/import/spreadsheet/xlsx.h"

namespace assay {

namespace {

constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::string_view kOle = "\xD0\xCF\x11\xE0";  // Excel before 2007, and locked workbooks since

using AnyReader = std::variant<OdsReader, XlsxReader>;

Result<std::string> read_file(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  if (!file) return fail(ErrorCode::NotFound, "there is no such file, or it may not be read", path);
  std::string bytes;
  constexpr std::size_t kPiece = 1 << 20;
  // One byte past the limit is enough to see that it is passed.
  for (std::size_t size = 1; size > 0 && bytes.size() <= Archive::kPackedLimit;) {
    const std::size_t had = bytes.size();
    bytes.resize(had + kPiece);
    size = std::fread(bytes.data() + had, 1, kPiece, file.get());
    bytes.resize(had + size);
  }
  if (std::ferror(file.get()) != 0) return fail(ErrorCode::Io, "the file could not be read", path);
  return bytes;
}

Error no_spreadsheet(const Archive& archive) {
  Error error{ErrorCode::BadInput, "this is a zip archive, but no spreadsheet", archive.name(),
              "unpack it and import what it holds"};
  if (archive.has("xl/workbook.bin")) {
    error.message = "this is a binary Excel workbook (.xlsb)";
    error.help = "save it as XLSX";
  } else if (archive.has("word/document.xml")) {
    error.message = "this is a Word document";
    error.help = "copy its table into a spreadsheet";
  }
  return error;
}

template <class Reader>
Result<AnyReader> as_any(Result<Reader> reader) {
  if (!reader) return tl::unexpected<Error>(reader.error());
  return AnyReader(std::move(*reader));
}

Result<AnyReader> open_reader(const Archive& archive) {
  if (archive.has("content.xml")) return as_any(OdsReader::open(archive));
  if (archive.has("_rels/.rels") && !archive.has("xl/workbook.bin") && !archive.has("word/document.xml")) {
    return as_any(XlsxReader::open(archive));
  }
  return tl::unexpected<Error>(no_spreadsheet(archive));
}

Result<std::vector<std::string>> names_of(const AnyReader& reader, const Archive& archive) {
  if (const auto* xlsx = std::get_if<XlsxReader>(&reader)) return xlsx->sheet_names();
  return OdsReader::sheet_names(archive);
}

}  // namespace

struct Spreadsheet::State {
  std::string name;
  Digest digest;
  AnyReader reader;
  std::vector<std::string> sheets;
  std::size_t sheet = 0;
  SheetRow row;
  std::span<const std::string_view> cells;
  bool begun = false;
};

Spreadsheet::Spreadsheet(std::unique_ptr<State> state) : state_(std::move(state)) {}
Spreadsheet::~Spreadsheet() = default;
Spreadsheet::Spreadsheet(Spreadsheet&&) noexcept = default;
Spreadsheet& Spreadsheet::operator=(Spreadsheet&&) noexcept = default;

bool Spreadsheet::begins_like_one(std::string_view first_bytes) {
  return first_bytes.starts_with(kZip) || first_bytes.starts_with(kOle);
}

Result<Spreadsheet> Spreadsheet::open(const std::string& path) {
  auto bytes = read_file(path);
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  return from_bytes(std::move(*bytes), path);
}

Result<Spreadsheet> Spreadsheet::from_bytes(std::string bytes, std::string name) {
  if (bytes.starts_with(kOle)) {
    return fail(ErrorCode::BadInput, "this is an Excel workbook of before 2007 (.xls), or one locked by a password",
                name, "save it as XLSX, without a password");
  }
  const Digest digest = sha256(bytes);
  const auto archive = Archive::open(std::move(bytes), name);
  if (!archive) return tl::unexpected<Error>(archive.error());
  auto reader = open_reader(*archive);
  if (!reader) return tl::unexpected<Error>(reader.error());
  auto names = names_of(*reader, *archive);
  if (!names) return tl::unexpected<Error>(names.error());
  if (names->empty()) return fail(ErrorCode::BadInput, "the spreadsheet has no sheet with cells", name);
  return Spreadsheet(std::make_unique<State>(State{std::move(name), digest, std::move(*reader), std::move(*names)}));
}

const std::vector<std::string>& Spreadsheet::sheets() const { return state_->sheets; }
std::size_t Spreadsheet::sheet() const { return state_->sheet; }

Result<void> Spreadsheet::go_to(std::size_t sheet) {
  CHECK(sheet < state_->sheets.size());
  state_->sheet = sheet;
  state_->begun = true;
  state_->cells = {};
  return std::visit([sheet](auto& reader) { return reader.go_to(sheet); }, state_->reader);
}

Spreadsheet::Step Spreadsheet::next() {
  CHECK(state_->begun);
  const SheetStep step = std::visit([this](auto& reader) { return reader.next(state_->row); }, state_->reader);
  state_->cells = step == SheetStep::Row ? state_->row.cells() : std::span<const std::string_view>();
  switch (step) {
    case SheetStep::Row:
      return Step::Row;
    case SheetStep::End:
      return Step::End;
    case SheetStep::Fault:
      break;
  }
  return Step::Fault;
}

std::span<const std::string_view> Spreadsheet::cells() const { return state_->cells; }

std::uint64_t Spreadsheet::row() const {
  return std::visit([](const auto& reader) { return reader.row(); }, state_->reader);
}

const Error& Spreadsheet::fault() const {
  return std::visit([](const auto& reader) -> const Error& { return reader.fault(); }, state_->reader);
}

std::string Spreadsheet::place() const {
  return fmt::format("{}: sheet {}, row {}", state_->name, state_->sheets[state_->sheet], row());
}

std::string Spreadsheet::place(std::size_t column) const {
  return fmt::format("{}, column {}", place(), column_name(column));
}

std::string Spreadsheet::column_name(std::size_t column) { return column_letters(column); }

Digest Spreadsheet::digest() const { return state_->digest; }

}  // namespace assay
