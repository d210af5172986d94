// The program's own acts upon a store of councils, to be killed or to fail at any moment: each is done or not done. The
// store has a key, so that a run ends with a checkpoint of it.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

#include "tests/unit/evidence/store/sample_store.h"

namespace assay::test {

using Words = std::vector<std::string>;

enum class Act { Import, Run, Append, Redact, Checkpoint };
inline constexpr Act kActs[] = {Act::Import, Act::Run, Act::Append, Act::Redact, Act::Checkpoint};
const char* name_of(Act act);

struct ActSizes {
  int councils = 400, rows = 12000;  // of an import
};

class ActStore {
 public:
  explicit ActStore(ActSizes sizes = {});
  // The words of the act, on files and rows that are new each time.
  Words words(Act act);
  const std::string& path() const { return store_; }
  // The folder all lies in, with a bar at its end.
  std::string folder() const { return folder_ / ""; }
  // How many entries, rows and runs the act adds when it is done.
  std::int64_t entries_of(Act act) const { return act == Act::Checkpoint ? 0 : 1; }
  std::int64_t rows_of(Act act) const { return act == Act::Import ? sizes_.rows : act == Act::Append ? 1 : 0; }
  std::int64_t runs_of(Act act) const { return act == Act::Run ? 1 : 0; }
  void copy_to(const std::string& path) const;
  void restore_from(const std::string& path) const;

 private:
  Words import_of(const std::string& file) const;
  ActSizes sizes_;
  TemporaryFolder folder_;
  std::string store_, rules_;
  int files_ = 0, redacted_ = 0;
};

// With these set in its environment.
pid_t start(const Words& words, const std::map<std::string, std::string>& environment = {});
// The exit code, or -1 when it was killed.
int end_of(pid_t process);
VerifyReport verified(const std::string& path);
// How many entries the checkpoint beside a store is of: it is signed by the store's key, and the store goes on from it.
std::int64_t entries_signed(const std::string& path);

}  // namespace assay::test
