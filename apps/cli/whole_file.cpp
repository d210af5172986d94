// Written beside, made durable, then given its name.
#include "apps/cli/whole_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace assay::cli {

namespace fs = std::filesystem;

Result<std::string> read_whole(const std::string& path) {
  std::error_code none;
  if (!fs::is_regular_file(path, none)) return fail(ErrorCode::NotFound, "there is no such file", path);
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in) return fail(ErrorCode::Io, "the file cannot be read", path, "check the rights to it");
  return text;
}

Result<void> write_whole(const std::string& path, std::string_view text, ForWhom whom) {
  const std::string beside = fmt::format("{}.{}.new", path, ::getpid());
  const auto fault = [&](int number) {
    ::unlink(beside.c_str());
    return fail(ErrorCode::Io, fmt::format("the file cannot be written ({})", std::strerror(number)), path,
                "check the folder and the space left");
  };
  const int file =
      ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, whom == ForWhom::OwnerOnly ? 0600 : 0644);
  if (file < 0) return fault(errno);
  int number = 0;
  while (!text.empty() && number == 0) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written >= 0)
      text.remove_prefix(static_cast<std::size_t>(written));
    else if (errno != EINTR)
      number = errno;
  }
  if (number == 0 && ::fsync(file) != 0) number = errno;
  if (::close(file) != 0 && number == 0) number = errno;
  if (number != 0) return fault(number);
  if (::rename(beside.c_str(), path.c_str()) != 0) return fault(errno);
  return {};
}

}  // namespace assay::cli
