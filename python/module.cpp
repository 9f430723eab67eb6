// The compiled half of the Python module: a mind whose operations take and give JSON, as those of the servers do.
// python/package/noema/__init__.py gives them their Python names and types.

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <future>
#include <stop_token>
#include <thread>
#include <vector>

#include "app/actions/concept_value.h"
#include "app/actions/export.h"
#include "app/actions/names.h"
#include "app/actions/new_life.h"
#include "app/actions/score.h"
#include "app/server/live_mind.h"
#include "app/server/operation.h"
#include "base/json.h"
#include "base/stop.h"
#include "experiments/run_folder.h"

namespace noema::python {
namespace {

namespace py = pybind11;
using nlohmann::json;
using nlohmann::ordered_json;

std::string text_of(const ordered_json& value) {
  return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

/// Work that did not end when it was interrupted. Python waits for it before it ends itself, as it would otherwise take
/// away what that work still uses. Guarded by Python's lock.
std::vector<std::thread>& unattended() {
  static std::vector<std::thread> workers;
  return workers;
}
void wait_for_unattended() {
  std::vector<std::thread> workers = std::move(unattended());
  const py::gil_scoped_release unlocked;
  for (std::thread& worker : workers) worker.join();
}

/// Runs work in a thread of its own, without Python's lock, and listens to Ctrl-C meanwhile. Work that is interrupted
/// has a moment to end; then it goes on unattended, and what it holds goes with it. It must not touch Python.
template <typename Work>
auto attended(Work work) {
  using Result = decltype(work(std::stop_token()));
  constexpr auto kBetweenLooks = std::chrono::milliseconds(50);
  constexpr auto kGrace = std::chrono::milliseconds(1500);
  std::packaged_task<Result(std::stop_token)> task(std::move(work));
  std::future<Result> result = task.get_future();
  std::stop_source stop;
  std::thread worker(std::move(task), stop.get_token());
  const auto is_done_within = [&](std::chrono::milliseconds time) {
    const py::gil_scoped_release unlocked;
    return result.wait_for(time) == std::future_status::ready;
  };
  bool is_interrupted = false;
  while (!is_interrupted && !is_done_within(kBetweenLooks)) is_interrupted = PyErr_CheckSignals() != 0;
  if (!is_interrupted) {
    worker.join();
    return result.get();
  }
  stop.request_stop();
  PyObject *type = nullptr, *value = nullptr, *trace = nullptr;
  PyErr_Fetch(&type, &value, &trace);
  if (is_done_within(kGrace))
    worker.join();
  else
    unattended().push_back(std::move(worker));
  PyErr_Restore(type, value, trace);
  throw py::error_already_set();
}

class Mind {
 public:
  Mind(const std::string& path, bool thinks) {
    live_ = attended([path, thinks](const std::stop_token&) { return std::make_shared<app::LiveMind>(path, thinks); });
  }

  /// The result of an operation of app/server/operation.h, as JSON.
  std::string call(const std::string& name, const std::string& arguments) {
    const app::Operation* operation = app::operation_named(name);
    if (operation == nullptr) throw base::Error("there is no operation " + name);
    json given = base::json_from_outside(arguments);
    if (given.is_discarded()) throw app::BadArguments(name + ": an argument is no Unicode text, or nested too deep");
    given = app::checked(*operation, given);
    return attended([live = live(), operation, given](const std::stop_token& stop) {
      return text_of(operation->call(*live, given, {stop}));
    });
  }

  /// As the operation does, but for as long as is wished; 0: until nothing is left to think about.
  std::string think(double seconds) {
    base::Range{0, 1e9}.require("seconds", seconds);
    return attended([live = live(), seconds](const std::stop_token& stop) {
      return text_of(app::operation_named("think")->call(*live, {{"seconds", seconds}, {"thoughts", 0}}, {stop}));
    });
  }

  /// The graph, or the concepts within `depth` steps of one, as `noema export --format json` writes it.
  std::string graph(const std::string& around, int depth) {
    return attended([live = live(), around, depth](const std::stop_token&) {
      const reasoning::MindView view = live->view();
      std::string text;
      app::export_json(
          [&](std::string_view piece) { text += piece; }, view.graph(),
          around.empty() ? app::all_concepts(view.graph()) : app::concepts_around(view.graph(), around, depth));
      return text;
    });
  }

  std::string score(const std::string& file, const std::vector<std::string>& arms, std::uint64_t max_words) {
    return attended([live = live(), file, arms, max_words](const std::stop_token& stop) {
      live->write([](reasoning::Mind& mind) { mind.checkpoint(); });
      app::ScoreRequest request;
      request.life = live->path();
      request.file = file;
      request.max_words = max_words;
      request.stop = stop;
      if (!arms.empty()) request.arms = arms;
      const app::ScoreValue value = app::score(request);
      ordered_json rows = ordered_json::array();
      for (const app::ArmResult& arm : value.arms) rows.push_back(app::to_json(arm, value));
      return text_of(rows);
    });
  }

  /// Writes the checkpoint and gives the life back. Calls of other threads go on until they end.
  void close() {
    attended([live = std::move(live_)](const std::stop_token&) mutable {
      live.reset();
      return true;
    });
  }
  bool is_open() const { return live_ != nullptr; }

 private:
  std::shared_ptr<app::LiveMind> live() const {
    if (!live_) throw base::Error("this mind is closed; open its life again with noema.Mind");
    return live_;
  }

  std::shared_ptr<app::LiveMind> live_;
};

std::string new_life(const std::string& path, const std::string& model, std::uint64_t seed, std::int64_t max_bytes,
                     std::int64_t max_concepts, bool force) {
  return attended([=](const std::stop_token&) {
    return text_of(app::to_json(app::new_life({path, model, max_concepts, max_bytes, seed, force})));
  });
}

std::string results_of(const std::string& run) { return experiments::json_text(experiments::read_results(run)); }

}  // namespace
}  // namespace noema::python

PYBIND11_MODULE(_noema, module) {
  using namespace noema;
  using python::Mind;
  // The last that fits is taken, so what is special comes after what it is a case of.
  const auto error = pybind11::register_exception<base::Error>(module, "Error");
  pybind11::register_exception<base::UsageError>(module, "UsageError", error);
  pybind11::register_exception<app::BadArguments>(module, "BadArguments", error);
  pybind11::register_exception<app::UnknownName>(module, "UnknownName", error);
  pybind11::class_<Mind>(module, "Mind")
      .def(pybind11::init<const std::string&, bool>())
      .def("call", &Mind::call)
      .def("think", &Mind::think)
      .def("graph", &Mind::graph)
      .def("score", &Mind::score)
      .def("close", &Mind::close)
      .def("is_open", &Mind::is_open);
  pybind11::module_::import("atexit").attr("register")(pybind11::cpp_function(&python::wait_for_unattended));
  module.def("new_life", &python::new_life);
  module.def("results_of", &python::results_of);
}
