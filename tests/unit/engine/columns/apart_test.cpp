// A thread that has moved may run wherever it might before.
#include "engine/columns/apart.h"

#include <sched.h>

#include <catch2/catch.hpp>
#include <thread>

using namespace assay::columns;

TEST_CASE("a thread that moves apart keeps the cores that it was given") {
  cpu_set_t given, kept;
  REQUIRE(sched_getaffinity(0, sizeof given, &given) == 0);
  CPU_ZERO(&kept);
  std::thread other([&, from = Apart()] {
    from.move();
    sched_getaffinity(0, sizeof kept, &kept);
  });
  other.join();
  CHECK(CPU_EQUAL(&given, &kept));
}

TEST_CASE("of one core there is no other to move to") {
  std::thread alone([] {
    cpu_set_t given, one;
    CHECK(sched_getaffinity(0, sizeof given, &given) == 0);
    CPU_ZERO(&one);
    CPU_SET(static_cast<unsigned>(sched_getcpu()), &one);
    CHECK(sched_setaffinity(0, sizeof one, &one) == 0);
    const Apart from;
    from.move();
    cpu_set_t kept;
    CHECK(sched_getaffinity(0, sizeof kept, &kept) == 0);
    CHECK(CPU_EQUAL(&one, &kept));
  });
  alone.join();
}
