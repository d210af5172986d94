// Runs a command to its end and says how long it took and how much memory it held at most: "SECONDS MEGABYTES" on the
// standard output. The command's own output is thrown away; its faults are not. Exits as the command does.
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace {

constexpr int kCouldNotStart = 127;

[[noreturn]] void become(char** command) {
  if (std::freopen("/dev/null", "w", stdout) != nullptr) execvp(command[0], command);
  std::perror(command[0]);
  std::_Exit(kCouldNotStart);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    fmt::print(stderr, "measure: name a command to run\n");
    return 2;
  }
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) become(arguments + 1);
  int status = 0;
  rusage usage{};
  if (child < 0 || wait4(child, &status, 0, &usage) < 0) {
    std::perror("measure");
    return kCouldNotStart;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  // ru_maxrss is in KiB on Linux.
  fmt::print("{:.3f} {:.1f}\n", took.count(), static_cast<double>(usage.ru_maxrss) / 1024);
  return WIFEXITED(status) ? WEXITSTATUS(status) : kCouldNotStart;
}
