#include "tests/app/program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <sstream>
#include <thread>
#include <utility>

#include "base/clock.h"
#include "base/files.h"
#include "experiments/streams/world.h"

namespace noema::tests {
namespace {

constexpr unsigned kNobody = 65534;

pid_t start(const std::vector<std::string>& arguments, const std::string& in, const std::string& out,
            const std::string& err, bool nobody) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  ::dup2(::open(in.c_str(), O_RDONLY), 0);
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

RunningNoema::RunningNoema(const std::vector<std::string>& arguments, const Start& how)
    : folder_(fresh_folder()), out_(how.out.empty() ? (folder_ / "out").string() : how.out) {
  process_ = start(arguments, how.in, out_, folder_ / "err", how.nobody);
  REQUIRE(process_ > 0);
}

RunningNoema::~RunningNoema() {
  if (process_ > 0) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  std::filesystem::remove_all(folder_);
}

std::string RunningNoema::first_line() const {
  for (const base::Stopwatch watch; watch.seconds() < 30; std::this_thread::sleep_for(std::chrono::milliseconds(5))) {
    if (!std::filesystem::exists(out_)) continue;
    const std::string out = base::read_file(out_);
    if (const std::size_t end = out.find('\n'); end != std::string::npos) return out.substr(0, end);
  }
  FAIL("noema printed no line: " << base::read_file(folder_ / "err"));
  return {};
}

Outcome RunningNoema::wait() {
  int raw = 0;
  REQUIRE(::waitpid(std::exchange(process_, 0), &raw, 0) > 0);
  const bool is_kept = std::filesystem::path(out_).parent_path() == folder_;
  return {status_of(raw), is_kept ? base::read_file(out_) : "", base::read_file(folder_ / "err")};
}

Interruption RunningNoema::end(int signal) {
  ::kill(process_, signal);
  const base::Stopwatch watch;
  Outcome outcome = wait();
  return {std::move(outcome), watch.seconds()};
}

Outcome run_noema(const std::vector<std::string>& arguments, bool nobody) {
  return RunningNoema(arguments, {.nobody = nobody}).wait();
}

Outcome run_noema_into(const std::string& out, const std::vector<std::string>& arguments) {
  return RunningNoema(arguments, {.out = out}).wait();
}

Outcome run_noema_reading(const std::string& in, const std::vector<std::string>& arguments) {
  return RunningNoema(arguments, {.in = in}).wait();
}

void check_complaint(const Outcome& outcome, int status, const std::string& says) {
  INFO(outcome.err);
  CHECK(outcome.status == status);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, Catch::Contains(says));
  CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
}

Interruption noema_interrupted(const std::vector<std::string>& arguments, int milliseconds, int signal) {
  RunningNoema running(arguments);
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
  return running.end(signal);
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
