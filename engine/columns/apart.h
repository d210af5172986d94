// Where threads of this process run. A system may start a thread on the core of the one that makes it, and leave the
// two there for up to a tenth of a second while another core has nothing to do: longer than many a run lasts.
#pragma once

namespace assay::columns {

// Made by a thread that is about to start others.
class Apart {
 public:
  Apart();
  // By each of those, first of all: goes to some core but that one, if there is one. Afterwards the system may move it
  // as it will.
  void move() const;

 private:
  int core_ = -1;  // of the thread that made it; -1 where that is not known
};

}  // namespace assay::columns
