{{- define "thena-accounts.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "thena-accounts.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else if contains (include "thena-accounts.name" .) .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "thena-accounts.name" .) | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{/* The labels by which the Deployment, Service, disruption budget and network policy find the server. Not those of the migration. */}}
{{- define "thena-accounts.selectorLabels" -}}
app.kubernetes.io/name: {{ include "thena-accounts.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: server
{{- end }}

{{- define "thena-accounts.commonLabels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "thena-accounts.labels" -}}
{{ include "thena-accounts.commonLabels" . }}
{{ include "thena-accounts.selectorLabels" . }}
{{- end }}

{{- define "thena-accounts.migrationLabels" -}}
{{ include "thena-accounts.commonLabels" . }}
app.kubernetes.io/name: {{ include "thena-accounts.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: migration
{{- end }}

{{/* Resources of the migration exist only while it runs. */}}
{{- define "thena-accounts.hook" -}}
helm.sh/hook: pre-install,pre-upgrade
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end }}

{{- define "thena-accounts.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}
{{- end }}

{{- define "thena-accounts.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- .Values.serviceAccount.name | default (include "thena-accounts.fullname" .) }}
{{- else }}
{{- .Values.serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{- define "thena-accounts.databaseSecret" -}}
{{- .Values.database.existingSecret | default (include "thena-accounts.fullname" .) }}
{{- end }}

{{- define "thena-accounts.migrationName" -}}
{{- include "thena-accounts.fullname" . | trunc 55 | trimSuffix "-" }}-migrate
{{- end }}

{{/* The connection string of the migration: its own, or else that of the server. */}}
{{- define "thena-accounts.migrationConnectionString" -}}
{{- .Values.migration.connectionString | default .Values.database.connectionString }}
{{- end }}

{{/* The Secret of the migration. It is made by the chart (before the other one exists) if its connection string is in the values. */}}
{{- define "thena-accounts.migrationSecret" -}}
{{- if .Values.migration.existingSecret }}
{{- .Values.migration.existingSecret }}
{{- else if or .Values.migration.connectionString (not .Values.database.existingSecret) }}
{{- include "thena-accounts.migrationName" . }}
{{- else }}
{{- .Values.database.existingSecret }}
{{- end }}
{{- end }}

{{/* The environment of a pod: pass the root, and the name of the Secret of the database. */}}
{{- define "thena-accounts.env" -}}
- name: ConnectionStrings__Accounts
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: connection-string
{{- range $name, $value := .root.Values.settings }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- with .root.Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "thena-accounts.volumeMounts" -}}
- name: temporary
  mountPath: /tmp
{{- end }}

{{- define "thena-accounts.volumes" -}}
- name: temporary
  emptyDir:
    {{- with .Values.temporaryFolder.medium }}
    medium: {{ . }}
    {{- end }}
    sizeLimit: {{ .Values.temporaryFolder.sizeLimit }}
{{- end }}

{{/* Where pods run. */}}
{{- define "thena-accounts.scheduling" -}}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
