#include "tests/app/program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <sstream>
#include <thread>

#include "base/clock.h"
#include "base/files.h"
#include "experiments/streams/world.h"

namespace noema::tests {
namespace {

constexpr unsigned kNobody = 65534;

pid_t start(const std::vector<std::string>& arguments, const std::string& out, const std::string& err, bool nobody) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  ::close(0);
  ::open("/dev/null", O_RDONLY);
  ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666), 1);
  ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666), 2);
  if (nobody && ::getuid() == 0 && (::setgid(kNobody) != 0 || ::setuid(kNobody) != 0)) ::_exit(126);
  std::vector<char*> argv;
  std::string program = NOEMA_PROGRAM;
  argv.push_back(program.data());
  std::vector<std::string> copies = arguments;
  for (std::string& argument : copies) argv.push_back(argument.data());
  argv.push_back(nullptr);
  ::execv(program.c_str(), argv.data());
  ::_exit(127);
}

int status_of(int raw) { return WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw); }

Outcome outcome_of(int raw, const std::string& out, const std::string& err) {
  return {status_of(raw), base::read_file(out), base::read_file(err)};
}

std::filesystem::path fresh_folder() {
  static int number = 0;
  auto path = std::filesystem::temp_directory_path() /
              ("noema_cli_" + std::to_string(::getpid()) + "_" + std::to_string(number++));
  std::filesystem::create_directories(path);
  return path;
}

}  // namespace

std::vector<nlohmann::json> Outcome::json() const {
  std::vector<nlohmann::json> lines;
  std::istringstream in(out);
  for (std::string line; std::getline(in, line);) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

Outcome run_noema(const std::vector<std::string>& arguments, bool nobody) {
  const auto folder = fresh_folder();
  const std::string out = folder / "out", err = folder / "err";
  int raw = 0;
  REQUIRE(::waitpid(start(arguments, out, err, nobody), &raw, 0) > 0);
  Outcome outcome = outcome_of(raw, out, err);
  std::filesystem::remove_all(folder);
  return outcome;
}

Outcome run_noema_into(const std::string& out, const std::vector<std::string>& arguments) {
  const auto folder = fresh_folder();
  const std::string err = folder / "err";
  int raw = 0;
  REQUIRE(::waitpid(start(arguments, out, err, false), &raw, 0) > 0);
  Outcome outcome{status_of(raw), "", base::read_file(err)};
  std::filesystem::remove_all(folder);
  return outcome;
}

Interruption noema_interrupted(const std::vector<std::string>& arguments, int milliseconds, int signal) {
  const auto folder = fresh_folder();
  const std::string out = folder / "out", err = folder / "err";
  const pid_t child = start(arguments, out, err, false);
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
  ::kill(child, signal);
  const base::Stopwatch watch;
  int raw = 0;
  REQUIRE(::waitpid(child, &raw, 0) > 0);
  const double seconds = watch.seconds();
  Interruption interruption{outcome_of(raw, out, err), seconds};
  std::filesystem::remove_all(folder);
  return interruption;
}

Outcome noema_killed(const std::vector<std::string>& arguments, int milliseconds) {
  return noema_interrupted(arguments, milliseconds, SIGKILL).outcome;
}

Workplace::Workplace() : path(fresh_folder()) {}
Workplace::~Workplace() { std::filesystem::remove_all(path); }

std::string Workplace::write(const std::string& name, const std::string& content) const {
  base::write_file(path / name, content);
  return file(name);
}

std::string Workplace::life(const std::string& name) const {
  REQUIRE(run_noema({"new", file(name), "--model", "tiny", "--quiet"}).status == 0);
  return file(name);
}

std::string world_text(std::size_t lines, std::uint64_t seed) {
  experiments::WorldOptions options;
  options.lines = lines;
  options.seed = seed;
  std::string text;
  for (const std::string& line : experiments::generate_world(options)) text += line + '\n';
  return text;
}

}  // namespace noema::tests
