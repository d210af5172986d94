// Pages are read through SQLite's own handle of the file: to open and close another would let go of its locks.
#include "evidence/store/file_pages.h"

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "evidence/store/table_record.h"

namespace assay {
namespace {

constexpr std::uint32_t kAhead = 32;  // pages read at once, which mostly stand one behind another
constexpr std::size_t kFileHeader = 100;

bool log_is_empty(const Database& database) {
  const char* const file = sqlite3_db_filename(database.handle(), "main");
  const char* const log = file == nullptr ? nullptr : sqlite3_filename_wal(file);
  if (log == nullptr || *log == '\0') return false;
  std::error_code fault;
  const auto size = std::filesystem::file_size(log, fault);
  return fault ? fault == std::errc::no_such_file_or_directory : size == 0;
}

}  // namespace

std::optional<FilePages> FilePages::open(const Database& database) {
  if (sqlite3_txn_state(database.handle(), "main") != SQLITE_TXN_READ || !log_is_empty(database)) return std::nullopt;
  FilePages pages;
  if (sqlite3_file_control(database.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &pages.file_) != SQLITE_OK ||
      pages.file_ == nullptr || pages.file_->pMethods == nullptr || !pages.read_header()) {
    return std::nullopt;
  }
  return pages;
}

bool FilePages::read_header() {
  char header[kFileHeader];
  sqlite3_int64 size = 0;
  if (file_->pMethods->xRead(file_, header, sizeof header, 0) != SQLITE_OK ||
      file_->pMethods->xFileSize(file_, &size) != SQLITE_OK) {
    return false;
  }
  page_size_ = read_number<2>(header + 16);
  if (page_size_ == 1) page_size_ = 65536;
  const bool keeps_bytes = header[20] != 0;
  const bool in_utf8 = read_number<4>(header + 56) == SQLITE_UTF8;
  if (page_size_ < 512 || (page_size_ & (page_size_ - 1)) != 0 || keeps_bytes || !in_utf8) return false;
  pages_ = static_cast<std::uint32_t>(static_cast<std::uint64_t>(size) / page_size_);
  return true;
}

std::string_view FilePages::page(std::uint32_t number) {
  if (number < 2 || number > pages_) return {};
  const auto held = [this] { return static_cast<std::uint32_t>(read_.size() / page_size_); };
  if (number < first_read_ || number >= first_read_ + held()) {
    read_.resize(std::min(kAhead, pages_ - number + 1) * page_size_);
    first_read_ = number;
    const auto begin = static_cast<sqlite3_int64>((number - 1) * static_cast<std::uint64_t>(page_size_));
    if (file_->pMethods->xRead(file_, read_.data(), static_cast<int>(read_.size()), begin) != SQLITE_OK) read_.clear();
    if (read_.empty()) return {};
  }
  return {read_.data() + (number - first_read_) * page_size_, page_size_};
}

}  // namespace assay
