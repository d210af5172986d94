// A library put before the program's own calls of the system (LD_PRELOAD): of its writes, the one numbered by
// ASSAY_FAULT_AT fails, counted from 1, and with ASSAY_FAULT_KEEP all after it too, as on a disk that is full. Only
// files are counted, whose names begin as ASSAY_FAULT_PATH says. With ASSAY_FAULT_COUNT the number of writes is left in
// that file at the end.
#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

std::atomic<long> writes{0};

long number_in(const char* name) {
  const char* const text = std::getenv(name);
  return text == nullptr ? 0 : std::strtol(text, nullptr, 10);
}

bool is_counted(int file) {
  const char* const wanted = std::getenv("ASSAY_FAULT_PATH");
  if (wanted == nullptr) return false;
  char link[64], path[4096];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const ssize_t length = ::readlink(link, path, sizeof path - 1);
  if (length < 0) return false;
  path[length] = '\0';
  return std::strncmp(path, wanted, std::strlen(wanted)) == 0;
}

bool fails(int file) {
  if (!is_counted(file)) return false;
  const long number = ++writes, at = number_in("ASSAY_FAULT_AT");
  if (at == 0) return false;
  return number == at || (number > at && std::getenv("ASSAY_FAULT_KEEP") != nullptr);
}

template <class Call>
Call next(const char* name) {
  return reinterpret_cast<Call>(::dlsym(RTLD_NEXT, name));
}

struct AtEnd {
  ~AtEnd() {
    const char* const path = std::getenv("ASSAY_FAULT_COUNT");
    if (path == nullptr) return;
    if (std::FILE* const out = std::fopen(path, "w")) {
      std::fprintf(out, "%ld\n", writes.load());
      std::fclose(out);
    }
  }
} at_end;

}  // namespace

extern "C" {

ssize_t pwrite64(int file, const void* bytes, std::size_t count, off64_t at) {
  static const auto call = next<ssize_t (*)(int, const void*, std::size_t, off64_t)>("pwrite64");
  if (fails(file)) return errno = ENOSPC, -1;
  return call(file, bytes, count, at);
}
ssize_t pwrite(int file, const void* bytes, std::size_t count, off_t at) {
  static const auto call = next<ssize_t (*)(int, const void*, std::size_t, off_t)>("pwrite");
  if (fails(file)) return errno = ENOSPC, -1;
  return call(file, bytes, count, at);
}
ssize_t write(int file, const void* bytes, std::size_t count) {
  static const auto call = next<ssize_t (*)(int, const void*, std::size_t)>("write");
  if (fails(file)) return errno = ENOSPC, -1;
  return call(file, bytes, count);
}
int fsync(int file) {
  static const auto call = next<int (*)(int)>("fsync");
  if (fails(file)) return errno = EIO, -1;
  return call(file);
}
int fdatasync(int file) {
  static const auto call = next<int (*)(int)>("fdatasync");
  if (fails(file)) return errno = EIO, -1;
  return call(file);
}
int ftruncate64(int file, off64_t length) {
  static const auto call = next<int (*)(int, off64_t)>("ftruncate64");
  if (fails(file)) return errno = EIO, -1;
  return call(file, length);
}
int ftruncate(int file, off_t length) {
  static const auto call = next<int (*)(int, off_t)>("ftruncate");
  if (fails(file)) return errno = EIO, -1;
  return call(file, length);
}
}
