// The Go client of SshBenchmark: golang.org/x/crypto/ssh as it comes, the jobs of SshContestant.
// Arguments: those of SshLogin.parse.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/ssh"
)

type counter struct{ count int64 }

func (c *counter) Write(data []byte) (int, error) {
	c.count += int64(len(data))
	return len(data), nil
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(client *ssh.Client, command string, stdout *counter) {
	session, err := client.NewSession()
	check(err)
	session.Stdout = stdout
	session.Stderr = &counter{}
	check(session.Run(command))
}

func commands(client *ssh.Client, threads, count int) string {
	times := make([]int64, count)
	var next atomic.Int64
	work := func() {
		var out counter
		for number := int(next.Add(1)) - 1; number < count; number = int(next.Add(1)) - 1 {
			begun := time.Now()
			run(client, "true", &out)
			times[number] = time.Since(begun).Microseconds()
		}
	}
	begun := time.Now()
	if threads == 1 {
		work()
	} else {
		var all sync.WaitGroup
		for i := 0; i < threads; i++ {
			all.Add(1)
			go func() {
				defer all.Done()
				work()
			}()
		}
		all.Wait()
	}
	taken := time.Since(begun)
	answer := fmt.Sprintf("%.6f", taken.Seconds())
	for _, each := range times {
		answer += fmt.Sprintf(" %d", each)
	}
	return answer
}

func stream(client *ssh.Client, bytes int64) string {
	var out counter
	begun := time.Now()
	run(client, fmt.Sprintf("head -c %d /dev/zero", bytes), &out)
	taken := time.Since(begun)
	if out.count != bytes {
		check(fmt.Errorf("%d bytes came, not %d", out.count, bytes))
	}
	return fmt.Sprintf("%.6f", taken.Seconds())
}

func main() {
	port, user, keyFile, hostKeyLine := os.Args[1], os.Args[2], os.Args[3], os.Args[4]
	pem, err := os.ReadFile(keyFile)
	check(err)
	signer, err := ssh.ParsePrivateKey(pem)
	check(err)
	hostKey, _, _, _, err := ssh.ParseAuthorizedKey([]byte(hostKeyLine))
	check(err)
	client, err := ssh.Dial("tcp", "127.0.0.1:"+port, &ssh.ClientConfig{
		User:            user,
		Auth:            []ssh.AuthMethod{ssh.PublicKeys(signer)},
		HostKeyCallback: ssh.FixedHostKey(hostKey),
	})
	check(err)
	fmt.Println("ready")
	jobs := bufio.NewScanner(os.Stdin)
	for jobs.Scan() {
		var first, second int64
		if strings.HasPrefix(jobs.Text(), "stream") {
			fmt.Sscanf(jobs.Text(), "stream %d", &first)
			fmt.Println(stream(client, first))
		} else {
			fmt.Sscanf(jobs.Text(), "commands %d %d", &first, &second)
			fmt.Println(commands(client, int(first), int(second)))
		}
	}
}
