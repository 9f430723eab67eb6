#include "experiments/rank.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <string>

using namespace noema::experiments;

namespace {

/// A variable of the environment, while this object lives.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
  ~Variable() { ::unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
};

}  // namespace

TEST_CASE("a process that nobody started with others is alone", "[rank]") {
  CHECK(rank_of_process().count == 1);
  CHECK_FALSE(rank_of_process().is_helper());
}

TEST_CASE("each launcher tells a process its rank", "[rank]") {
  const char* const launchers[][2] = {{"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"},
                                      {"PMI_RANK", "PMI_SIZE"},
                                      {"SLURM_PROCID", "SLURM_STEP_NUM_TASKS"}};
  for (const auto& names : launchers) {
    const Variable rank(names[0], "2"), size(names[1], "3");
    CHECK(rank_of_process().index == 2);
    CHECK(rank_of_process().count == 3);
    CHECK(rank_of_process().is_helper());
  }
}

TEST_CASE("a rank that makes no sense is none", "[rank]") {
  for (const char* rank : {"3", "-1", "x", "", "1 "}) {
    const Variable index("OMPI_COMM_WORLD_RANK", rank), size("OMPI_COMM_WORLD_SIZE", "3");
    CHECK(rank_of_process().count == 1);
  }
  const Variable alone("SLURM_PROCID", "1");  // a script of Slurm's that srun did not start
  CHECK(rank_of_process().count == 1);
}
