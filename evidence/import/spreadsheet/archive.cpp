// Zip archives through libzip, which compares checksums and knows the format's corners; the limits are ours.
#include "evidence/import/spreadsheet/archive.h"

#include <fmt/format.h>
#include <zip.h>

namespace assay {

struct Archive::State {
  std::string bytes, name;
  zip_t* zip = nullptr;

  State(std::string packed, std::string shown) : bytes(std::move(packed)), name(std::move(shown)) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (zip != nullptr) zip_discard(zip);
  }
};

struct ArchiveMember::State {
  std::shared_ptr<Archive::State> archive;
  std::string member;
  zip_file_t* file = nullptr;
  std::uint64_t declared = 0, given_out = 0;

  State(std::shared_ptr<Archive::State> of, std::string shown) : archive(std::move(of)), member(std::move(shown)) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (file != nullptr) zip_fclose(file);
  }
  std::string place() const { return fmt::format("{}: {}", archive->name, member); }
};

namespace {

constexpr std::string_view kDamaged = "the file is damaged or cut short: fetch or save it again";

std::string megabytes(std::uint64_t bytes) { return fmt::format("{} MB", bytes >> 20); }

std::string words(zip_error_t* error) {
  std::string text = zip_error_strerror(error);
  zip_error_fini(error);
  return text;
}

// Declared sizes, before anything is unpacked.
Result<void> check_sizes(zip_t* zip, const std::string& name) {
  const zip_int64_t count = zip_get_num_entries(zip, 0);
  if (count > static_cast<zip_int64_t>(Archive::kMembersLimit)) {
    return fail(ErrorCode::BadInput, fmt::format("the archive holds {} files", count), name,
                fmt::format("a spreadsheet holds at most {}", Archive::kMembersLimit));
  }
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(zip, static_cast<zip_uint64_t>(i), 0, &stat) != 0) {
      return fail(ErrorCode::BadInput, fmt::format("file {} of the archive cannot be read", i + 1), name,
                  std::string(kDamaged));
    }
    constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    if ((stat.valid & kNeeded) != kNeeded) continue;
    const std::string place = fmt::format("{}: {}", name, stat.name);
    if (stat.size > Archive::kMemberLimit) {
      return fail(
          ErrorCode::BadInput,
          fmt::format("it would unpack to {}, more than {}", megabytes(stat.size), megabytes(Archive::kMemberLimit)),
          place, "no table of evidence is that large");
    }
    if (stat.size > Archive::kRatioCountsFrom && stat.size / Archive::kRatioLimit > stat.comp_size) {
      return fail(ErrorCode::BadInput,
                  fmt::format("{} bytes would unpack to {}, more than {} times as much", stat.comp_size,
                              megabytes(stat.size), Archive::kRatioLimit),
                  place, "no spreadsheet packs that well: do not trust the file");
    }
  }
  return {};
}

}  // namespace

Result<Archive> Archive::open(std::string bytes, std::string name) {
  if (bytes.size() > kPackedLimit) {
    return fail(ErrorCode::BadInput, fmt::format("the file is {} large", megabytes(bytes.size())), name,
                fmt::format("a spreadsheet of at most {} is read; export the sheet as CSV", megabytes(kPackedLimit)));
  }
  auto state = std::make_shared<State>(std::move(bytes), std::move(name));
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(state->bytes.data(), state->bytes.size(), 0, &error);
  if (source != nullptr) {
    state->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (state->zip == nullptr) zip_source_free(source);
  }
  if (state->zip == nullptr) {
    return fail(ErrorCode::BadInput, fmt::format("the archive cannot be opened ({})", words(&error)), state->name,
                std::string(kDamaged));
  }
  zip_error_fini(&error);
  if (const auto sizes = check_sizes(state->zip, state->name); !sizes) return tl::unexpected<Error>(sizes.error());
  return Archive(std::move(state));
}

bool Archive::has(const std::string& member) const {
  return zip_name_locate(state_->zip, member.c_str(), ZIP_FL_ENC_GUESS) >= 0;
}

std::vector<std::string> Archive::members() const {
  std::vector<std::string> names;
  const zip_int64_t count = zip_get_num_entries(state_->zip, 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    const char* const name = zip_get_name(state_->zip, static_cast<zip_uint64_t>(i), ZIP_FL_ENC_GUESS);
    if (name != nullptr) names.emplace_back(name);
  }
  return names;
}

const std::string& Archive::name() const { return state_->name; }

Result<ArchiveMember> Archive::member(const std::string& member) const {
  auto state = std::make_shared<ArchiveMember::State>(state_, member);
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_stat(state_->zip, member.c_str(), ZIP_FL_ENC_GUESS, &stat) != 0) {
    return fail(ErrorCode::BadInput, "the file has no such part", state->place(), std::string(kDamaged));
  }
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) {
    return fail(ErrorCode::BadInput, "it is locked by a password", state->place(), "save a copy without one");
  }
  state->declared = stat.size;
  state->file = zip_fopen(state_->zip, member.c_str(), ZIP_FL_ENC_GUESS);
  if (state->file == nullptr) {
    return fail(ErrorCode::BadInput, fmt::format("it cannot be unpacked ({})", zip_strerror(state_->zip)),
                state->place(), std::string(kDamaged));
  }
  return ArchiveMember(std::move(state));
}

Result<std::size_t> ArchiveMember::read(std::span<char> room) {
  const zip_int64_t size = zip_fread(state_->file, room.data(), room.size());
  if (size < 0) {
    return fail(
        ErrorCode::BadInput,
        fmt::format("it cannot be unpacked after byte {} ({})", state_->given_out, zip_file_strerror(state_->file)),
        state_->place(), std::string(kDamaged));
  }
  state_->given_out += static_cast<std::uint64_t>(size);
  if (state_->given_out > state_->declared) {
    return fail(ErrorCode::BadInput, fmt::format("it unpacks to more than the {} bytes it declares", state_->declared),
                state_->place(), "do not trust the file");
  }
  return static_cast<std::size_t>(size);
}

}  // namespace assay
