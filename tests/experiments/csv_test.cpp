#include "experiments/csv.h"

#include <catch2/catch.hpp>

#include "base/files.h"
#include "experiments/run_folder.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
namespace base = noema::base;
using nlohmann::json;

TEST_CASE("tables and curves of a run lie beside it as CSV, names with commas in quotes", "[csv]") {
  const TemporaryFolder folder;
  RunFolder run(folder / "out", "hash", false, false);
  const std::string arm = "noema{without=merge,\"x\"}";
  run.write_results({{"arms",
                      {{{"arm", arm},
                        {"accuracy", 0.5},
                        {"seconds", 2},
                        {"deviation", {{"accuracy", 0.25}}},
                        {"accuracy_matrix", {{nullptr, 0}, {1, 0.5}}},
                        {"against", {{"b", {{"accuracy", 0.5}, {"low", 0}, {"high", 1}, {"inside_noise", true}}}}}},
                       {{"arm", "b"}, {"accuracy", 0}}}}});
  run.event({{"arm", arm}, {"experience", 1}, {"lines", 3}, {"accuracies", {1, 0}}, {"accuracy_so_far", 1}});
  run.event({{"arm", "b"}, {"experience", 1}, {"lines", 3}, {"state_bytes", 7}});
  write_csv(folder / "out");
  const std::string quoted = "\"noema{without=merge,\"\"x\"\"}\"";
  CHECK(base::read_file(folder / "out/results.csv") ==
        "arm,accuracy,accuracy_deviation,seconds\r\n" + quoted + ",0.5,0.25,2\r\nb,0,,\r\n");
  CHECK(base::read_file(folder / "out/curves.csv") ==
        "arm,experience,lines,accuracy_so_far,state_bytes\r\n" + quoted + ",1,3,1,\r\nb,1,3,,7\r\n");
  CHECK(base::read_file(folder / "out/against.csv") ==
        "arm,other,accuracy,high,inside_noise,low\r\n" + quoted + ",b,0.5,1,true,0\r\n");
  CHECK(base::read_file(folder / "out/accuracy_matrix.csv") == "arm,after,task,accuracy\r\n" + quoted + ",0,1,\r\n" +
                                                                   quoted + ",0,2,0\r\n" + quoted + ",1,1,1\r\n" +
                                                                   quoted + ",1,2,0.5\r\n");
}
